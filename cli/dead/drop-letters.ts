import { changeItem } from '../../lib/record/change-item.ts';
import { recordKey } from '../../lib/record/keys.ts';
import { finish, finishedRecord, type MessageRecord } from '../../lib/record/message-record.ts';
import type { Stage } from '../stage/stage.ts';
import { isChosen, type Known, readLetters, release } from './read-letters.ts';

/**
 * Gives dead letters up for good. Each event gets its outcome first, or the reconciler would find its message and put it on
 * the queue again.
 */
export async function dropLetters(stage: Stage, which: readonly string[]): Promise<readonly Known[]> {
  const dropped: Known[] = [];
  const left = new Map<string, Known>();
  for (let isNew = true; isNew; ) {
    isNew = false;
    for (const known of await readLetters(stage)) {
      if (!isChosen(known, which)) {
        left.set(known.letter.id, known);
        continue;
      }
      isNew = true;
      await endEvent(stage, known);
      await stage.deadLetters.remove(known.letter);
      dropped.push(known);
    }
  }
  await release(stage, [...left.values()]);
  return dropped;
}

async function endEvent({ table, clock }: Stage, { opened, key, conversationSid }: Known): Promise<void> {
  if (opened === undefined) return;
  const { event, receivedAt } = opened;
  const finished = { outcome: 'suppressed', reason: 'dropped', at: clock.now() } as const;
  await changeItem<MessageRecord>(
    { store: table, clock },
    recordKey(conversationSid, key),
    'record',
    (before) => {
      if (before === undefined) return finishedRecord({ eventType: event.EventType, receivedAt }, finished);
      return before.finished === undefined ? finish(before, finished) : undefined;
    },
  );
}
