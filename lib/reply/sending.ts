import type { BotError } from '../errors.ts';
import type { ListMessages } from '../history/find-reply.ts';
import type { Log } from '../log.ts';
import type { Clock, Store } from '../ports.ts';
import { finish, type MessageRecord } from '../record/message-record.ts';
import { RetryError } from '../retry-error.ts';
import type { ConversationAddress, CreateMessageParams, MessageResource } from '../twilio/messages.ts';
import type { Circuit } from './circuit.ts';
import type { Claim } from './claim.ts';
import type { TooLate } from './late-look.ts';
import type { ModeSwitch } from './mode-switch.ts';
import type { Try } from './open-try.ts';

export interface SendPorts {
  readonly store: Store;
  readonly create: (
    address: ConversationAddress,
    params: CreateMessageParams,
    options: { readonly webhookEnabled: boolean; readonly timeoutMs: number },
  ) => Promise<MessageResource>;
  readonly list: ListMessages;
  /** Merges `attributes` into those of a message; nothing is written where they are there already. */
  readonly tag: (
    address: ConversationAddress,
    messageSid: string,
    attributes: Readonly<Record<string, string>>,
    options: { readonly timeoutMs: number },
  ) => Promise<void>;
  /** Adds a chat identity to a conversation; somebody who is there already counts as added. */
  readonly invite: (
    address: ConversationAddress,
    identity: string,
    options: { readonly timeoutMs: number },
  ) => Promise<void>;
  readonly circuit: Circuit;
  readonly modes: Pick<ModeSwitch, 'latest' | 'isOutdated'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly botAuthor: string;
  readonly webhookEnabled: boolean;
  readonly settleMs: number;
  readonly maxAgeMs: number;
}

/** What sending needs to know of the claim. */
export interface Sending extends Pick<Claim, 'key' | 'event' | 'address' | 'answerUntil'> {
  readonly delivery: Pick<Claim['delivery'], 'remainingMs'>;
  readonly conversation?: Pick<Claim['conversation'], 'accounted' | 'mutedUntil'>;
  /** How it went so far; absent for a first try. */
  readonly tries?: Pick<Try, 'isLast' | 'givenUp' | 'advance' | 'fails'>;
  /** The list that this delivery may have read already. */
  readonly list?: ListMessages;
  /** Asked before the first part goes out, of a plan that an earlier delivery made: why it must not any more. */
  readonly tooLate?: () => Promise<TooLate | undefined>;
}

/** Saves the next state of a record. */
export type Save = (next: MessageRecord) => Promise<void>;

/** One POST with all its retries; never started without time to finish it and to save what came of it. */
export const POST_MS = 8_000;
export const SAVE_MARGIN_MS = 2_000;
/** What Twilio does not know was made, or changed, a moment ago; or it is gone. */
export const NOT_FOUND_YET_MS = 2_000;

export function checkTime({ delivery }: Sending): void {
  if (delivery.remainingMs() < POST_MS + SAVE_MARGIN_MS) throw new RetryError('no_time_left', 0);
}

/** Too many requests, a conflict, or a conversation that is not ready, says nothing about Twilio as a whole. */
export function countFailure(circuit: SendPorts['circuit'], { code }: BotError): void {
  if (code !== 'rate_limited' && code !== 'rejected') circuit.failed();
}

/** When Twilio wants to be asked again, which a queue that cannot put a message off would not keep. */
export function askedFor({ retryAfterMs }: BotError, now: number): number | undefined {
  return retryAfterMs === undefined ? undefined : now + retryAfterMs;
}

export function quarantine(record: MessageRecord, reason: string, at: number): MessageRecord {
  return finish(record, { outcome: 'quarantined', reason, at });
}
