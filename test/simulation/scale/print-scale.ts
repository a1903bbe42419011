import { AWS_MS, PAGE_MS, SLOW_ONE_IN, SLOW_PAGE_MS } from './invoke-reconcile.ts';
import { monthOf } from './monthly.ts';
import { KINDS, type Kind } from './population.ts';
import type { Loss, ScaleOptions, ScaleResult } from './scale-types.ts';

const MINUTE = 60_000;
/** Minutes in which a message is found that is lost where somebody wrote within the hour. */
const IN_TIME = 7;

const LAST_HEARD: Readonly<Record<Kind, string>> = {
  hour: 'active in the last hour',
  day: 'active in the last day',
  older: 'silent for a month, in the hour before a sign of loss',
};
/** Metrics that say that something was not looked at, or not done. */
const MISSED = /cut|failed|refused|unknown|other_stack/;
/** A run that had no time for all that was due: the next one goes on with the rest, and no loss is missed by that. */
const UNFINISHED = 'reconcile_unfinished';

/** What `npm run sim -- --conversations N` prints, a line each. */
export function describeScale(options: ScaleOptions, result: ScaleResult): readonly string[] {
  const { conversations, silent, hours, seed, newestFirst, lost } = options;
  return [
    `${conversations} conversations active a day, ${silent} silent, ${hours} hours, seed ${seed}, ` +
      `${newestFirst ? 'newest' : 'oldest'} first`,
    `a page takes ${PAGE_MS} ms, one in ${SLOW_ONE_IN} ${SLOW_PAGE_MS} ms; a call of AWS ${AWS_MS} ms`,
    ...(lost === 0 ? [] : KINDS.map((kind) => describeKind(kind, result))),
    describeRequests(result),
    describeRuns(result),
    `cut or failed: ${describeMissed(result)}`,
    describeTable(result),
    describeMonth(result),
  ];
}

function describeKind(kind: Kind, { losses }: ScaleResult): string {
  const lost = losses.filter((loss) => loss.kind === kind);
  const found = lost.filter(({ foundAt }) => foundAt !== undefined);
  const byMessage = found.filter(({ by }) => by === 'message').length;
  const minutes = found.map(minutesToFind);
  const [median, p95, most] = [0.5, 0.95, 1].map((share) => quantile(minutes, share).toFixed(1));
  return (
    `lost where ${LAST_HEARD[kind]}: ${lost.length}, found ${found.length}, ` +
    `${byMessage} of them by the next message; minutes to find: median ${median}, p95 ${p95}, most ${most}`
  );
}

function describeRequests({ requests }: ScaleResult): string {
  const all = requests.map(({ messages, conversations, other }) => messages + conversations + other);
  const sum = (asked: keyof (typeof requests)[number]) =>
    requests.reduce((total, hour) => total + hour[asked], 0);
  return (
    `requests an hour: median ${quantile(all, 0.5)}, most ${quantile(all, 1)}, least ${quantile(all, 0)}; ` +
    `in all ${sum('messages')} for messages, ${sum('conversations')} for conversations, ${sum('other')} others`
  );
}

function describeRuns({ runs, counted }: ScaleResult): string {
  const times = runs.map(({ ms }) => ms / 1_000);
  const killed = runs.filter((run) => run.killed).length;
  const [median, longest] = [0.5, 1].map((share) => quantile(times, share).toFixed(1));
  return (
    `runs ${runs.length}, median ${median} s, the longest ${longest} s, killed ${killed}, ` +
    `left the rest to the next ${counted[UNFINISHED] ?? 0}`
  );
}

function describeMissed({ counted }: ScaleResult): string {
  const missed = Object.entries(counted).filter(([name]) => MISSED.test(name));
  return missed.map(([name, times]) => `${name} ${times}`).join(', ') || 'nothing';
}

function describeTable({ usage }: ScaleResult): string {
  const [reads, readUnits, writes, writeUnits] = (
    ['reads', 'readUnits', 'writes', 'writeUnits'] as const
  ).map((name) =>
    quantile(
      usage.map((hour) => hour[name]),
      0.5,
    ),
  );
  return (
    `DynamoDB an hour: median ${reads} reads of ${readUnits} units, ` +
    `${writes} writes of ${writeUnits} units`
  );
}

function describeMonth(result: ScaleResult): string {
  const { requests, invocation, gbSecond, readUnit, writeUnit, dollars } = monthOf(result);
  const [asked, calls, seconds, reads, writes] = [requests, invocation, gbSecond, readUnit, writeUnit].map(
    (amount) => amount.toFixed(0),
  );
  return (
    `a month like this: ${asked} requests; AWS ${calls} invocations, ${seconds} GB-seconds, ` +
    `${reads} read units, ${writes} write units: ${dollars.toFixed(2)} dollars`
  );
}

/** Seven minutes for what is lost where somebody wrote within the hour, and no run that ended before it was done. */
export function foundInTime(result: ScaleResult): boolean {
  const recent = result.losses.filter(({ kind }) => kind === 'hour').map(minutesToFind);
  const killed = result.runs.some((run) => run.killed);
  return quantile(recent, 1) <= IN_TIME && !killed && describeMissed(result) === 'nothing';
}

/** Infinite for what was not found. */
export function minutesToFind({ at, foundAt = Number.POSITIVE_INFINITY }: Loss): number {
  return (foundAt - at) / MINUTE;
}

/** The value that so large a share of them, from 0 to 1, does not exceed; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
