import type { ConversationAddress } from '../../lib/twilio/messages.ts';

/** What a promise of docs/guarantees.md forbids. The names are those of `--json`, and never change. */
export type FindingKind =
  | 'lost'
  | 'twice'
  | 'out_of_order'
  | 'without_outcome'
  | 'too_late'
  | 'over_budget'
  | 'miscounted';

export interface Finding {
  readonly kind: FindingKind;
  /** What was to be answered, or was answered wrongly; absent of what concerns no single message. */
  readonly sid?: string;
  readonly address?: ConversationAddress;
  /** One sentence, without anybody's words. */
  readonly says: string;
}
