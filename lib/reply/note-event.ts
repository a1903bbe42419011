import type { Log } from '../log.ts';
import type { Clock, Store } from '../ports.ts';
import { hourOf, markActive, quarterOf } from '../record/active.ts';
import { note } from '../record/conversation.ts';
import { conversationKey, saveNext } from '../record/keys.ts';
import type { MessageRecord } from '../record/message-record.ts';
import { notedEvent } from '../record/noted-event.ts';
import { RetryError } from '../retry-error.ts';
import type { Author, Claim } from './claim.ts';

export interface NotePorts {
  readonly store: Pick<Store, 'get' | 'put'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'count' | 'warn'>;
  /** How long the first mute of a conversation lasts, the second, and so on, in milliseconds. */
  readonly muteMs: readonly number[];
}

/**
 * Comes after the record and before the queue forgets the message, so a crash in between only notes it again.
 * @param expected the version of the conversation's item that `claim` knows; undefined when there is none yet.
 * @returns whether it had not been noted before.
 */
export async function noteEvent(
  ports: NotePorts,
  claim: Claim,
  record: MessageRecord,
  expected: number | undefined,
): Promise<boolean> {
  const { event, address, key, conversation: before, isGapOpen } = claim;
  const now = ports.clock.now();
  const noted = { ...notedEvent(event, key.sk, record, before, await authorOf(claim)), isGapOpen };
  const { state, muted, isNew } = note(before, noted, now, ports.muteMs);
  const value = { ...state, activeIn: hourOf(now), activeAt: now };
  if (quarterOf(before.activeAt ?? 0) !== quarterOf(now)) await markActive(ports, address, now);
  const item = { key: conversationKey(address.conversationSid), value, lifetime: 'conversation' } as const;
  if ((await saveNext(ports, item, expected, now)) === undefined)
    throw new RetryError('conversation_changed', 0);
  if (muted) {
    ports.log.count('loop_muted');
    ports.log.warn('muted: the other side answers like a machine', { ...address });
  }
  return isNew;
}

/** The record has its outcome by now: a role that cannot be read must not bring the event back for ever. */
async function authorOf({ author, tries }: Claim): Promise<Author> {
  if (tries.isDeadly) return { who: 'customer' };
  try {
    return await author();
  } catch (error) {
    if (!(await tries.fails(error))) throw error;
    return { who: 'customer' };
  }
}
