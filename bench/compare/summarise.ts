import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, type } from 'node:os';
import { quantile } from '../quantile.ts';
import type { Bundle } from './bundle-candidates.ts';
import { type Candidate, EMPTY, NO_LESS, RECEIVE, REPLY, WHOLE } from './candidates.ts';
import type { Figures, Steady } from './measure-handler.ts';
import type { Round } from './round.ts';
import { PEERS } from './runtime-client.ts';

export interface Spread {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** One line of the table: quartiles over the rounds. */
export interface Row {
  readonly name: string;
  /** Of a library that is not parley's. */
  readonly version?: string;
  readonly bytes: number;
  readonly gzip: number;
  readonly figures: Readonly<Record<keyof Figures, Spread>>;
  /** To the empty handler of the same round. */
  readonly timesEmpty: Readonly<Record<'ready' | 'first' | 'readyCpu' | 'firstCpu' | 'eventCpu', Spread>>;
  /** To base64, HMAC and form parsing of the same round; of receive alone. */
  readonly timesNoLess?: Spread;
}

export interface Machine {
  /** `2026-11-29` */
  readonly date: string;
  readonly machine: string;
  readonly node: string;
  /** How many processes wanted to run in the minute before: what others did on the machine. */
  readonly load: number;
}

/** What `--json` writes. */
export interface Comparison extends Machine {
  /** Whether the native part of AWS's runtime client was compiled, or a stand-in in JavaScript took its place. */
  readonly client: 'compiled' | 'stand-in';
  readonly runs: number;
  readonly steady: Steady;
  readonly rows: readonly Row[];
}

export function describeMachine(now: Date): Machine {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? 'a processor unknown';
  return {
    date: now.toISOString().slice(0, 10),
    machine: `${processors.length} cores of ${model}, ${type()} ${release()}`,
    node: process.version,
    load: loadavg()[0] ?? Number.NaN,
  };
}

export function summarise(
  rounds: readonly Round[],
  candidates: readonly Candidate[],
  bundles: ReadonlyMap<string, Bundle>,
): readonly Row[] {
  const names = [...(rounds[0]?.keys() ?? [])];
  return names.map((name) => {
    const numbers = (measure: keyof Figures, of = name) =>
      rounds.map((round) => round.get(of)?.[measure] ?? Number.NaN);
    const ratios = (measure: keyof Figures, to = EMPTY) => {
      const base = numbers(measure, to);
      return spreadOf(numbers(measure).map((number, at) => number / (base[at] ?? Number.NaN)));
    };
    const library = candidates.find((candidate) => candidate.name === name)?.package;
    return {
      name,
      ...(library !== undefined && { version: versionOf(library) }),
      ...sizesOf(name === WHOLE ? [RECEIVE, REPLY] : [name], bundles),
      figures: spreads(MEASURES, (measure) => spreadOf(numbers(measure))),
      timesEmpty: spreads(COMPARED, (measure) => ratios(measure)),
      ...(name === RECEIVE && names.includes(NO_LESS) && { timesNoLess: ratios('eventCpu', NO_LESS) }),
    };
  });
}

const COMPARED = ['ready', 'first', 'readyCpu', 'firstCpu', 'eventCpu'] as const;
const MEASURES = [...COMPARED, 'second', 'p50', 'p99', 'readyMemory', 'firstMemory', 'endMemory'] as const;

function spreads<M extends string>(measures: readonly M[], of: (measure: M) => Spread): Record<M, Spread> {
  return Object.fromEntries(measures.map((measure) => [measure, of(measure)])) as Record<M, Spread>;
}

export function spreadOf(numbers: readonly number[]): Spread {
  const [low = Number.NaN, median = Number.NaN, high = Number.NaN] = [0.25, 0.5, 0.75].map((share) =>
    quantile(numbers, share),
  );
  return { low, median, high };
}

function sizesOf(names: readonly string[], bundles: ReadonlyMap<string, Bundle>) {
  const all = names.map((name) => bundles.get(name));
  return {
    bytes: all.reduce((sum, bundle) => sum + (bundle?.bytes ?? Number.NaN), 0),
    gzip: all.reduce((sum, bundle) => sum + (bundle?.gzip ?? Number.NaN), 0),
  };
}

/** As the lock file beside the peers has it. */
function versionOf(library: string): string {
  const { packages } = JSON.parse(readFileSync(`${PEERS}/package-lock.json`, 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly version?: string }>>;
  };
  return packages[`node_modules/${library}`]?.version ?? '';
}
