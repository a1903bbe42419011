import type { Outcome } from '../../lib/record/message-record.ts';
import type { Datapoint, MetricQuery, Span, Stage } from '../stage/stage.ts';
import type { Finding } from './finding.ts';

/** One outcome as the table has it, and as the metrics counted it, over the same span. */
export interface Count {
  readonly outcome: Outcome;
  readonly recorded: number;
  readonly counted: number;
}

export interface Counts {
  readonly span: Span;
  readonly counts: readonly Count[];
  /** So much the two may differ: what failed or died on its way may be noted and not counted, or the other way round. */
  readonly mayDiffer: number;
}

/** What a record says of its end. */
export interface Ended {
  readonly outcome: Outcome;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const OUTCOMES: readonly Outcome[] = ['replied', 'no_rule', 'suppressed', 'stale', 'quarantined'];
const MINUTE = 60_000;
/** Between the end of an event and its being counted. */
const EDGE_MS = 2 * MINUTE;
/** CloudWatch keeps shorter periods for fifteen days. */
const PERIOD_MS = 300_000;

/** The whole periods of `span` that are over, and counted by now. */
export function countedSpan({ from, to }: Span): Span {
  const whole = (at: number, round: (n: number) => number) => round(at / PERIOD_MS) * PERIOD_MS;
  return { from: whole(from, Math.ceil), to: whole(to - EDGE_MS, Math.floor) };
}

/** @param span as `countedSpan` gave it */
export async function compareCounts(
  { metrics, aws }: Pick<Stage, 'metrics' | 'aws'>,
  ended: readonly Ended[],
  span: Span,
): Promise<Counts> {
  const failures: readonly MetricQuery[] = [
    { metric: 'reply_retried', statistic: 'Sum' },
    {
      namespace: 'AWS/Lambda',
      metric: 'Errors',
      statistic: 'Sum',
      dimensions: { FunctionName: aws?.functionName('reply') ?? 'reply' },
    },
  ];
  const queries = OUTCOMES.map(
    (outcome): MetricQuery => ({ metric: `outcome_${outcome}`, statistic: 'Sum' }),
  );
  const read = await metrics.read([...queries, ...failures], { ...span, periodSeconds: PERIOD_MS / 1_000 });
  const counts = OUTCOMES.map((outcome, at) => ({
    outcome,
    recorded: ended.filter((one) => one.outcome === outcome && one.at >= span.from && one.at < span.to)
      .length,
    counted: sum(read[at]),
  }));
  const atEdge = ended.filter(
    ({ at }) => Math.min(Math.abs(at - span.from), Math.abs(at - span.to)) < EDGE_MS,
  );
  const failed = read.slice(OUTCOMES.length).reduce((all, points) => all + sum(points), 0);
  return { span, counts, mayDiffer: failed + atEdge.length };
}

function sum(points: readonly Datapoint[] = []): number {
  return points.reduce((all, { value }) => all + value, 0);
}

export function findMiscounted({ counts, mayDiffer }: Counts): readonly Finding[] {
  return counts.flatMap(({ outcome, recorded, counted }): Finding[] => {
    if (Math.abs(recorded - counted) <= mayDiffer) return [];
    const says = `${outcome}: the table has ${recorded}, the metrics counted ${counted}; failures on the way explain ${mayDiffer}.`;
    return [{ kind: 'miscounted', says }];
  });
}
