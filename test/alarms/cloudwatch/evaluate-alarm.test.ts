import { describe, expect, it } from 'vitest';
import { type Alarm, type AlarmState, evaluateAlarm, judge } from './evaluate-alarm.ts';
import { createMetrics } from './metrics.ts';

const MINUTE = 60_000;
const TREATMENTS = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
const KEPT = 'INSUFFICIENT_DATA';
const LACKING = 'INSUFFICIENT_DATA';

describe('what is missing', () => {
  // The tables of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
  it.each<[points: string, datapointsToAlarm: number, states: readonly AlarmState[]]>([
    ['0-X-X', 3, ['OK', 'OK', 'OK', 'OK']],
    ['0----', 3, ['OK', 'OK', 'OK', 'OK']],
    ['-----', 3, [LACKING, KEPT, 'ALARM', 'OK']],
    ['0XX-X', 3, ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['--X--', 3, ['ALARM', KEPT, 'ALARM', 'OK']],
    ['----X', 3, [KEPT, KEPT, 'ALARM', 'OK']],
    ['0-X-X', 2, ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['00X0X', 2, ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0-X--', 2, ['OK', 'OK', 'ALARM', 'OK']],
    ['----0', 2, ['OK', 'OK', 'ALARM', 'OK']],
    ['---X-', 2, ['ALARM', KEPT, 'ALARM', 'OK']],
  ])('is treated as the page shows: %s, %i of 3', (shown, datapointsToAlarm, states) => {
    const points = [...shown].map((point) => (point === '-' ? undefined : point === 'X'));
    expect(
      TREATMENTS.map((missing) => judge({ evaluationPeriods: 3, datapointsToAlarm, missing }, points, KEPT)),
    ).toEqual(states);
  });
});

describe('an alarm', () => {
  const metric = { namespace: 'parley/dev', name: 'm', dimensions: {} };
  const alarm: Alarm = {
    queries: [{ id: 'm', metric, statistic: 'Sum' }],
    period: 300,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 2,
    missing: 'notBreaching',
  };
  const stateAt = (minute: number, lag = 0, changes: Partial<Alarm> = {}) => {
    const metrics = createMetrics();
    metrics.put(metric, 3.5 * MINUTE, 1);
    metrics.put(metric, 5.1 * MINUTE, 1);
    return evaluateAlarm({ ...alarm, ...changes }, metrics, {
      now: minute * MINUTE,
      before: 'OK',
      lag: lag * MINUTE,
    });
  };

  it('looks each minute at the period that ends then', () => {
    expect([4, 5, 6, 8, 9].map((minute) => stateAt(minute))).toEqual(['OK', 'OK', 'ALARM', 'ALARM', 'OK']);
  });

  it('cannot see what has not come yet', () => {
    expect([6, 7, 8].map((minute) => stateAt(minute, 1))).toEqual(['OK', 'ALARM', 'ALARM']);
  });

  it.each([
    ['GreaterThanThreshold', 'OK'],
    ['GreaterThanOrEqualToThreshold', 'ALARM'],
    ['LessThanThreshold', 'OK'],
    ['LessThanOrEqualToThreshold', 'ALARM'],
  ])('compares by %s', (comparison, state) => {
    expect(stateAt(6, 0, { comparison })).toBe(state);
  });

  it('watches an expression over its metrics', () => {
    expect(stateAt(6, 0, { expression: '10 * m', threshold: 20 })).toBe('ALARM');
  });
});

describe('a statistic', () => {
  it.each([
    ['Sum', 10],
    ['SampleCount', 4],
    ['Average', 2.5],
    ['Minimum', 1],
    ['Maximum', 4],
    ['p50', 2],
    ['p95', 4],
    ['p99', 4],
  ])('%s is of the values in the period', (statistic, expected) => {
    const metrics = createMetrics();
    const metric = {
      namespace: 'AWS/Lambda',
      name: 'Duration',
      dimensions: { FunctionName: 'reply', Stage: 'dev' },
    };
    for (const value of [3, 1, 4, 2]) metrics.put(metric, 60_000, value);
    metrics.put({ ...metric, dimensions: { FunctionName: 'receive' } }, 60_000, 100);
    metrics.put(metric, 120_000, 100);
    const reordered = { ...metric, dimensions: { Stage: 'dev', FunctionName: 'reply' } };
    expect(metrics.statistic(reordered, statistic, 60_000, 120_000)).toBe(expected);
    expect(metrics.statistic(metric, statistic, 0, 60_000)).toBeUndefined();
    expect(metrics.names()).toHaveLength(2);
  });

  it('that CloudWatch does not know is refused', () => {
    const metrics = createMetrics();
    const metric = { namespace: 'parley/dev', name: 'm', dimensions: {} };
    metrics.put(metric, 0, 1);
    expect(() => metrics.statistic(metric, 'Median', 0, 60_000)).toThrow('"Median" is not a statistic');
  });
});
