import { PROFILES, profileNamed, profileOf } from './profiles/profiles.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';
import { withProof } from './with-proof.ts';

/** Seeds from `first` up to but not including `end`. */
export interface Range {
  readonly first: number;
  readonly end: number;
  /** The name of the profile that all of them play. @default the one that each seed draws */
  readonly profile?: string | undefined;
  /** Whether `npx parley prove` looks at each history in the end; what it finds is a failure. @default false */
  readonly prove?: boolean | undefined;
}

/** What the seeds of one profile cost. */
export interface Price {
  readonly name: string;
  readonly seeds: number;
  readonly failed: number;
  /** Of processor time, in milliseconds, all seeds together. */
  readonly ms: number;
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
  /** One of each profile, in the order of the list. */
  readonly prices: readonly Price[];
}

export async function runSeeds({ first, end, profile: named, prove = false }: Range): Promise<Totals> {
  const total = { messages: 0, lost: 0, waiting: 0, duplicated: 0, reordered: 0 };
  const failures: string[] = [];
  const prices = new Map(PROFILES.map(({ name }) => [name, { name, seeds: 0, failed: 0, ms: 0 }]));
  for (let seed = first; seed < end; seed += 1) {
    const drawn = named === undefined ? profileOf(seed) : profileNamed(named);
    const profile = prove ? withProof(drawn) : drawn;
    const before = process.threadCpuUsage();
    const history = await simulate(seed, { profile });
    const { user, system } = process.threadCpuUsage(before);
    const price = prices.get(profile.name) ?? { name: profile.name, seeds: 0, failed: 0, ms: 0 };
    price.seeds += 1;
    price.ms += (user + system) / 1_000;
    total.lost += history.lost;
    total.waiting += history.waiting;
    total.duplicated += history.duplicated;
    total.reordered += history.reordered;
    total.messages += history.messages;
    if (history.problems.length === 0) continue;
    price.failed += 1;
    failures.push((await shrink(seed, simulate, profile)).description);
  }
  return { seeds: end - first, ...total, failures, prices: [...prices.values()] };
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
    prices: PROFILES.map(({ name }) => addPrices(name, all)).filter((price) => price.seeds > 0),
  };
}

function addPrices(name: string, all: readonly Totals[]): Price {
  const of = all.flatMap(({ prices }) => prices.filter((price) => price.name === name));
  const sum = (pick: (price: Price) => number) => of.reduce((total, price) => total + pick(price), 0);
  return {
    name,
    seeds: sum(({ seeds }) => seeds),
    failed: sum(({ failed }) => failed),
    ms: sum(({ ms }) => ms),
  };
}

/** `seeds` seeds from `first` on, in pieces of at most `size`. */
export function ranges(
  first: number,
  seeds: number,
  size: number,
  rest: Pick<Range, 'profile' | 'prove'> = {},
): readonly Range[] {
  const pieces = Math.ceil(seeds / size);
  return Array.from({ length: pieces }, (_, i) => ({
    first: first + i * size,
    end: Math.min(first + (i + 1) * size, first + seeds),
    ...rest,
  }));
}
