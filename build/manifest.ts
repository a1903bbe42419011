import { createHash } from 'node:crypto';
import { NEW_CONVERSATION } from '../lib/record/conversation.ts';
import { RECORD_VERSION } from '../lib/record/message-record.ts';
import { answeredEvents } from '../lib/rules/answered-events.ts';
import type { RuleBook } from '../lib/rules/types.ts';

/** What a deployment says of itself, as Metadata of its template, for whoever looks at it or goes back to it later. */
export interface Manifest {
  /** Of git, with a `+` where files were changed after it. */
  readonly commit?: string;
  /** The folder in the deployment bucket of what ran before it. */
  readonly before?: string;
  /** What was set when it was packaged; what was not took its default. */
  readonly settings: Readonly<Record<string, string>>;
  /** The newest versions of items in the table that its functions can read. */
  readonly reads: { readonly record: number; readonly conversation: number };
  /** What Twilio must send. */
  readonly events: readonly string[];
  /** A hash of each rule by its id, in their order, of `otherwise`, of each template and of what is left of the file. */
  readonly rules: Readonly<Record<string, string>>;
}

export function manifestOf(book: RuleBook): Pick<Manifest, 'reads' | 'events' | 'rules'> {
  const { rules, otherwise, templates, ...rest } = book;
  const pieces = [
    ...rules.map((rule) => [rule.id, rule] as const),
    ...(otherwise === undefined ? [] : [['otherwise', otherwise] as const]),
    ...Object.entries(templates).map(([name, template]) => [`template ${name}`, template] as const),
    ['what stands beside the rules', rest] as const,
  ];
  return {
    reads: { record: RECORD_VERSION, conversation: NEW_CONVERSATION.v },
    events: [...answeredEvents(book)],
    rules: Object.fromEntries(pieces.map(([id, piece]) => [id, hashOf(piece)])),
  };
}

function hashOf(piece: unknown): string {
  return createHash('sha256').update(JSON.stringify(piece)).digest('hex').slice(0, 12);
}
