import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';

/** Seeds from `first` up to but not including `end`. */
export interface Range {
  readonly first: number;
  readonly end: number;
}

export interface Totals {
  readonly seeds: number;
  readonly messages: number;
  readonly lost: number;
  readonly waiting: number;
  readonly duplicated: number;
  readonly reordered: number;
  /** Each failing seed, shrunk, in words. */
  readonly failures: readonly string[];
}

export async function runSeeds({ first, end }: Range): Promise<Totals> {
  const total = { messages: 0, lost: 0, waiting: 0, duplicated: 0, reordered: 0 };
  const failures: string[] = [];
  for (let seed = first; seed < end; seed += 1) {
    const history = await simulate(seed);
    total.lost += history.lost;
    total.waiting += history.waiting;
    total.duplicated += history.duplicated;
    total.reordered += history.reordered;
    total.messages += history.messages;
    if (history.problems.length > 0) failures.push((await shrink(seed)).description);
  }
  return { seeds: end - first, ...total, failures };
}

export function addTotals(all: readonly Totals[]): Totals {
  const sum = (pick: (totals: Totals) => number) => all.reduce((total, part) => total + pick(part), 0);
  return {
    seeds: sum(({ seeds }) => seeds),
    messages: sum(({ messages }) => messages),
    lost: sum(({ lost }) => lost),
    waiting: sum(({ waiting }) => waiting),
    duplicated: sum(({ duplicated }) => duplicated),
    reordered: sum(({ reordered }) => reordered),
    failures: all.flatMap(({ failures }) => failures),
  };
}

/** `seeds` seeds from `first` on, in pieces of at most `size`. */
export function ranges(first: number, seeds: number, size: number): readonly Range[] {
  const pieces = Math.ceil(seeds / size);
  return Array.from({ length: pieces }, (_, i) => ({
    first: first + i * size,
    end: Math.min(first + (i + 1) * size, first + seeds),
  }));
}
