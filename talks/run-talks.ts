import type { Problem } from '../lib/rules/compile/problem.ts';
import type { RuleBook } from '../lib/rules/types.ts';
import type { LoadedTalks } from './load-talks.ts';
import { type Played, playTalk } from './play/play-talk.ts';
import { readTalks } from './read/read-talks.ts';

/** How the talks of a bot went. */
export interface Ran {
  /** In the order of their files. */
  readonly played: readonly Played[];
  /** What is wrong with the files; of a file with a problem no talk is played. */
  readonly problems: readonly Problem[];
  readonly notes: readonly Problem[];
}

/** Reads and plays all talks of a bot. Pure. */
export async function runTalks({ files, problems }: LoadedTalks, book: RuleBook): Promise<Ran> {
  const read = files.map((file) => readTalks(file, book));
  const played: Played[] = [];
  for (const talk of read.flatMap(({ talks }) => talks)) played.push(await playTalk(talk, book));
  return {
    played,
    problems: [...problems, ...read.flatMap((one) => one.problems)],
    notes: read.flatMap(({ notes }) => notes),
  };
}
