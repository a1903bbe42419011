import type { QueueMessage } from '../../lib/ports.ts';
import { OLD_SPOOL, SPOOLS } from '../../lib/record/keys.ts';
import { eventKeyIn, eventKeyOfSpooled } from '../stage/event-key-in.ts';
import type { DeadLetter, Stage } from '../stage/stage.ts';

/** Events that have no outcome yet, by where they wait. Of the queue only the number can be read without taking any. */
export interface OpenWork {
  readonly queued: number;
  /** The keys of the events in the spool. */
  readonly spooled: ReadonlySet<string>;
  /** The dead letters by the key of their event. */
  readonly dead: ReadonlyMap<string, DeadLetter>;
}

const MOST = 1_000;

/** Dead letters are hidden from everybody else for as long as they are read here. */
export async function readOpenWork({ table, queue, deadLetters }: Stage): Promise<OpenWork> {
  const [depth, spools, letters] = await Promise.all([
    queue.depth(),
    Promise.all([...SPOOLS, OLD_SPOOL].map((pk) => table.list<QueueMessage>(pk, MOST))),
    readDead(deadLetters),
  ]);
  return {
    queued: depth.visible + depth.inFlight + depth.delayed,
    spooled: new Set(spools.flat().map(eventKeyOfSpooled)),
    dead: new Map(letters.map((letter) => [eventKeyIn(letter), letter])),
  };
}

async function readDead(deadLetters: Stage['deadLetters']): Promise<readonly DeadLetter[]> {
  if ((await deadLetters.count()) === 0) return [];
  const letters = await deadLetters.read(MOST);
  await Promise.all(letters.map((letter) => deadLetters.release(letter)));
  return letters;
}
