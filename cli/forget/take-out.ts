import type { QueueMessage } from '../../lib/ports.ts';
import { OLD_SPOOL, spoolKey } from '../../lib/record/keys.ts';
import { eventKeyIn, eventKeyOfSpooled } from '../stage/event-key-in.ts';
import type { Stage } from '../stage/stage.ts';

const MOST_SPOOLED = 10_000;
const AT_ONCE = 100;

/** Takes what waits of a conversation out of the spool. @returns the keys of its events */
export async function takeFromSpool(
  { table }: Pick<Stage, 'table'>,
  conversationSid: string,
): Promise<readonly string[]> {
  const { pk } = spoolKey({ groupId: conversationSid, deduplicationId: '' }, 0);
  const keys: string[] = [];
  for (const partition of [pk, OLD_SPOOL]) {
    for (const spooled of await table.list<QueueMessage>(partition, MOST_SPOOLED)) {
      const [key, { version }] = spooled;
      if (!`|${key.sk}`.includes(`|${conversationSid}|`)) continue;
      await table.remove(key, version);
      keys.push(eventKeyOfSpooled(spooled));
    }
  }
  return keys;
}

/** Takes the dead letters of some conversations away. @returns the keys of their events, by conversation */
export async function takeFromDeadLetters(
  { deadLetters }: Pick<Stage, 'deadLetters'>,
  conversationSids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const keys = new Map<string, string[]>(conversationSids.map((sid) => [sid, []]));
  const others = [];
  let taken: number;
  do {
    taken = 0;
    for (const letter of await deadLetters.read(AT_ONCE)) {
      const mine = keys.get(letter.groupId);
      if (mine === undefined) {
        others.push(letter);
        continue;
      }
      await deadLetters.remove(letter);
      mine.push(eventKeyIn(letter));
      taken += 1;
    }
    // SQS shows those behind the first ten of a conversation once these are gone.
  } while (taken > 0);
  for (const letter of others) await deadLetters.release(letter);
  return keys;
}
