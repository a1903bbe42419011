import { compute, type Series } from './metric-math.ts';
import type { MetricName, Metrics, Statistic } from './metrics.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** A series of one metric, by the id that an expression calls it by. */
export interface Query {
  readonly id: string;
  readonly metric: MetricName;
  readonly statistic: Statistic;
}

/** What CloudWatch knows of an alarm. */
export interface Alarm {
  readonly queries: readonly Query[];
  /** Metric math over the queries; without it the only query is what is watched. */
  readonly expression?: string | undefined;
  /** In seconds. */
  readonly period: number;
  /** M of N: how many of how many periods must be over the threshold. */
  readonly datapointsToAlarm: number;
  readonly evaluationPeriods: number;
  readonly comparison: string;
  readonly threshold: number;
  readonly missing: string;
}

/**
 * AWS says that more periods are asked for than are evaluated, and not how many more; in its examples two.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
const MORE_PERIODS = 2;

/**
 * The state of an alarm at `now`, a full minute: an alarm is evaluated each minute over the periods that end then.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 * @param lag how many milliseconds after a minute's end its data can be seen
 */
export function evaluateAlarm(
  alarm: Alarm,
  metrics: Metrics,
  { now, before, lag }: { readonly now: number; readonly before: AlarmState; readonly lag: number },
): AlarmState {
  const range = alarm.evaluationPeriods + MORE_PERIODS;
  const periodMs = alarm.period * 1_000;
  const seriesOf = ({ metric, statistic }: Query): Series =>
    Array.from({ length: range }, (_, at) => {
      const from = now - (range - at) * periodMs;
      return metrics.statistic(metric, statistic, from, Math.min(from + periodMs, now - lag));
    });
  const series = Object.fromEntries(alarm.queries.map((query) => [query.id, seriesOf(query)]));
  const watched =
    alarm.expression === undefined ? Object.values(series)[0] : compute(alarm.expression, series);
  return judge(
    alarm,
    (watched ?? []).map((value) => (value === undefined ? undefined : isBreaching(alarm, value))),
    before,
  );
}

/**
 * As the page tells of missing data: the most recent values there are, as many as are evaluated; where there are fewer,
 * each that is missing as the alarm treats it.
 * @param points whether each period of the range is over the threshold, the oldest first; undefined without a value
 */
export function judge(
  {
    evaluationPeriods,
    datapointsToAlarm,
    missing,
  }: Pick<Alarm, 'evaluationPeriods' | 'datapointsToAlarm' | 'missing'>,
  points: readonly (boolean | undefined)[],
  before: AlarmState,
): AlarmState {
  const real = points.filter((point) => point !== undefined).slice(-evaluationPeriods);
  const absent = evaluationPeriods - real.length;
  const breaching = real.filter(Boolean).length + (missing === 'breaching' ? absent : 0);
  if (breaching >= datapointsToAlarm) return 'ALARM';
  if (absent === 0 || missing === 'breaching' || missing === 'notBreaching') return 'OK';
  // Something is missing, and is not made up for.
  if (real.length > 0 && !real.every(Boolean)) return 'OK';
  if (missing === 'ignore') return before;
  if (real.length === 0) return 'INSUFFICIENT_DATA';
  const oldest = points.length - points.indexOf(true);
  return oldest >= datapointsToAlarm ? 'ALARM' : before;
}

function isBreaching({ comparison, threshold }: Alarm, value: number): boolean {
  switch (comparison) {
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
    default:
      throw new Error(`"${comparison}" is not a comparison of CloudWatch's.`);
  }
}
