import type { MessageAdded } from '../../lib/event/event-types.ts';
import { messageAddedFrom } from '../../lib/history/message-event.ts';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import type { Mark } from '../../lib/record/since.ts';
import type { MessageResource } from '../../lib/twilio/messages.ts';
import type { OpenWork } from '../evidence/open-work.ts';
import type { StageRules } from '../evidence/rules-of.ts';
import { type Answer, answersIn, type Talk, writtenAt } from '../evidence/talk.ts';
import type { Span } from '../stage/stage.ts';

/** All that one conversation is judged by. Nothing is asked of anybody any more. */
export interface Seen extends Talk {
  readonly rules: StageRules;
  readonly work: OpenWork;
  /** What is judged was written in it. */
  readonly span: Span;
  /** From when on there was this bot for the service: of what is older it need not know. */
  readonly mark: Mark;
  /** When an operator let dead letters speak again, or had messages decided anew: then answers may be late. */
  readonly redrivenAt: readonly number[];
  /** When all this was read, in milliseconds since the epoch. */
  readonly now: number;
  /** Whether Twilio calls this stack for the service; another one answers there otherwise. */
  readonly isOurs: boolean;
  readonly answers: readonly Answer[];
  /** What others than the bot wrote within the span, in order. */
  readonly asked: readonly Asked[];
}

/** A message that somebody else wrote, with what became of it. */
export interface Asked {
  readonly message: MessageResource;
  readonly event: MessageAdded;
  /** Of its event. */
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly record: MessageRecord | undefined;
  readonly answers: readonly Answer[];
}

export type SeenOptions = Pick<Seen, 'rules' | 'work' | 'span' | 'now' | 'isOurs' | 'mark' | 'redrivenAt'>;

export function seeTalk(talk: Talk, options: SeenOptions): Seen {
  const { rules, span } = options;
  const answers = answersIn(talk, rules.botAuthor);
  const authors = new Set([rules.botAuthor, ...answers.map(({ message }) => message.author)]);
  const asked = talk.messages.flatMap((message): Asked[] => {
    const at = writtenAt(message);
    const key = `onMessageAdded|${message.sid}`;
    if (at < span.from || at >= span.to || authors.has(message.author)) return [];
    const event = messageAddedFrom(message, rules.accountSid, talk.address);
    const own = answers.filter((answer) => answer.key === key);
    return [{ message, event, key, at, record: talk.records.get(key), answers: own }];
  });
  return { ...talk, ...options, answers, asked };
}
