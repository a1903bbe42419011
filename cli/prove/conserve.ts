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
  /** So much the two may differ: of a delivery that failed or died, its event may be noted and not counted. */
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

/** Whether it is to be counted in the span, or at its edge. */
export function isNear({ at }: Ended, { from, to }: Span): boolean {
  return at > from - EDGE_MS && at < to + EDGE_MS;
}

/**
 * @param ended all of them that are near
 * @param span as `countedSpan` gave it
 */
export async function compareCounts(
  { metrics, aws }: Pick<Stage, 'metrics' | 'aws'>,
  ended: readonly Ended[],
  span: Span,
): Promise<Counts> {
  const QueueName = aws?.outputs['QueueUrl']?.split('/').at(-1) ?? 'queue';
  const ofQueue = (metric: string): MetricQuery => ({
    namespace: 'AWS/SQS',
    metric,
    statistic: 'Sum',
    dimensions: { QueueName },
  });
  const deliveries = [ofQueue('NumberOfMessagesReceived'), ofQueue('NumberOfMessagesDeleted')];
  const queries = OUTCOMES.map(
    (outcome): MetricQuery => ({ metric: `outcome_${outcome}`, statistic: 'Sum' }),
  );
  const read = await metrics.read([...queries, ...deliveries], { ...span, periodSeconds: PERIOD_MS / 1_000 });
  const counts = OUTCOMES.map((outcome, at) => ({
    outcome,
    recorded: ended.filter((one) => one.outcome === outcome && one.at >= span.from && one.at < span.to)
      .length,
    counted: sum(read[at]),
  }));
  const atEdge = ended.filter(
    ({ at }) => Math.min(Math.abs(at - span.from), Math.abs(at - span.to)) < EDGE_MS,
  );
  const [received = 0, deleted = 0] = read.slice(OUTCOMES.length).map(sum);
  // A delivery that did not end its event failed, died, or was postponed.
  const failed = Math.max(0, received - deleted);
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
