import { redrive } from '../../lib/queue/again.ts';
import { type PaceOptions, paceOf } from '../stage/pace.ts';
import type { Stage } from '../stage/stage.ts';
import { isChosen, type Known, type LetterFailure, readLetters, release } from './read-letters.ts';

export interface RedriveOptions extends PaceOptions {
  /** SIDs of conversations or of messages; none: every one. */
  readonly which: readonly string[];
  /** Until when what is redriven may be answered, in milliseconds since the epoch. */
  readonly answerUntil: number;
}

export interface Redriven {
  readonly redriven: readonly Known[];
  /** Those that reply would not open. */
  readonly unreadable: readonly Known[];
  readonly isWhole: boolean;
  readonly failure?: LetterFailure;
}

/** What is read is hidden for two minutes: it is worked through in half of that. */
const READ_FOR_S = 60;

/**
 * Puts dead letters on the queue again, in order within a conversation. A letter is removed only when the queue took its
 * message: dying in between leaves it there, and a second time is one message for the queue within five minutes, and one
 * record after that.
 */
export async function redriveLetters(stage: Stage, options: RedriveOptions): Promise<Redriven> {
  const { which, answerUntil, rate, ends } = options;
  const pace = paceOf(stage.clock, options);
  const redriven: Known[] = [];
  const unreadable = new Map<string, Known>();
  const left = new Map<string, Known>();
  let at: Known | undefined;
  try {
    for (let isNew = true; isNew && !ends?.aborted; at = undefined) {
      isNew = false;
      const letters = await readLetters(stage, Math.max(10, rate * READ_FOR_S) + left.size);
      for (const known of letters) left.set(known.letter.id, known);
      for (const known of letters.filter((one) => isChosen(one, which))) {
        if (ends?.aborted) break;
        if (known.opened === undefined) {
          unreadable.set(known.letter.id, known);
          continue;
        }
        at = known;
        isNew = true;
        await stage.queue.send(redrive(known.letter, answerUntil));
        await stage.deadLetters.remove(known.letter);
        left.delete(known.letter.id);
        redriven.push(known);
        await pace();
      }
    }
  } catch (error) {
    await release(stage, [...left.values()]).catch(() => undefined);
    return { redriven, unreadable: [...unreadable.values()], isWhole: false, failure: { at, error } };
  }
  await release(stage, [...left.values()]);
  return { redriven, unreadable: [...unreadable.values()], isWhole: ends?.aborted !== true };
}
