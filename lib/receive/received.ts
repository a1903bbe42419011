import type { ConversationEvent } from '../event/event-types.ts';

/** What became of one webhook: the answer to Twilio, the metric, the log line and whoever watches say the same. */
export interface Received {
  readonly outcome: 'accepted' | 'ignored' | 'refused' | 'failed';
  readonly status: number;
  /** The metric's dimension: one of a small number, never anything a stranger chose. */
  readonly reason: string;
  /** Absent when it was refused unread. */
  readonly event?: ConversationEvent | undefined;
}
