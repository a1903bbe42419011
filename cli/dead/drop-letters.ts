import { changeItem } from '../../lib/record/change-item.ts';
import { recordKey } from '../../lib/record/keys.ts';
import { finish, finishedRecord, type MessageRecord } from '../../lib/record/message-record.ts';
import type { Stage } from '../stage/stage.ts';
import { isChosen, type Known, type LetterFailure, readLetters, release } from './read-letters.ts';

export interface Dropped {
  readonly dropped: readonly Known[];
  readonly failure?: LetterFailure;
}

/**
 * Gives dead letters up for good. Each event gets its outcome first, or the reconciler would find its message and put it on
 * the queue again.
 */
export async function dropLetters(stage: Stage, which: readonly string[]): Promise<Dropped> {
  const dropped: Known[] = [];
  const left = new Map<string, Known>();
  let at: Known | undefined;
  try {
    for (let isNew = true; isNew; at = undefined) {
      isNew = false;
      const letters = await readLetters(stage);
      for (const known of letters) left.set(known.letter.id, known);
      for (const known of letters.filter((one) => isChosen(one, which))) {
        at = known;
        isNew = true;
        await endEvent(stage, known);
        await stage.deadLetters.remove(known.letter);
        left.delete(known.letter.id);
        dropped.push(known);
      }
    }
  } catch (error) {
    await release(stage, [...left.values()]).catch(() => undefined);
    return { dropped, failure: { at, error } };
  }
  await release(stage, [...left.values()]);
  return { dropped };
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
