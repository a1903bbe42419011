import type { Problem } from '../lib/rules/compile/problem.ts';
import type { SourceFile } from '../lib/rules/compile/source-file.ts';
import type { RuleBook } from '../lib/rules/types.ts';
import { type Played, playTalk } from './play/play-talk.ts';
import { readTalks } from './read/read-talks.ts';

/** How the talks of a bot went. */
export interface Ran {
  /** In the order of their files. */
  readonly played: readonly Played[];
  /** What is wrong with the files; of a file with a problem no talk is played. */
  readonly problems: readonly Problem[];
}

/** Reads and plays all talks of a bot. Pure. */
export async function runTalks(files: readonly SourceFile[], book: RuleBook): Promise<Ran> {
  const read = files.map((file) => readTalks(file, book));
  const played: Played[] = [];
  for (const talk of read.flatMap(({ talks }) => talks)) played.push(await playTalk(talk, book));
  return { played, problems: read.flatMap(({ problems }) => problems) };
}
