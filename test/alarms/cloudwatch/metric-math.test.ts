import { describe, expect, it } from 'vitest';
import { compute } from './metric-math.ts';

const none = undefined;

describe('metric math', () => {
  // The tables of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
  const compared = { metric1: [30, 20, 0, 0], metric2: [20, none, 20, none] };
  it.each([
    ['metric1 < metric2', [0, 0, 1, 0]],
    ['metric1 >= 30', [1, 0, 0, 0]],
    ['metric1 > 15 AND metric2 > 15', [1, 0, 0, 0]],
  ])('compares as the page shows: %s', (expression, expected) => {
    expect(compute(expression, compared)).toEqual(expected);
  });

  const condition = [1, 1, 0, 0, none];
  it.each([
    ['IF(c, m2, m3)', { m2: [30, none, 0, 0, 30], m3: [0, 0, 20, none, 20] }, [30, 0, 20, none, none]],
    ['IF(c, 5, m3)', { m3: [0, 0, 20, none, 20] }, [5, 5, 20, none, none]],
    ['IF(c, m2, 5)', { m2: [30, none, 0, 0, 30] }, [30, 0, 5, 5, none]],
    ['IF(c, m2)', { m2: [30, none, 0, 0, 30] }, [30, 0, none, none, none]],
  ])('chooses as the page shows: %s', (expression, series, expected) => {
    expect(compute(expression, { c: condition, ...series })).toEqual(expected);
  });

  it.each([
    ['a - 10 * b', { a: [5, none, 5, none], b: [1, 2, none, none] }, [-5, -20, 5, none]],
    ['100 * a / b', { a: [1, 1, 1], b: [4, 0, none] }, [25, none, none]],
    ['a + b * 2 > 5 || a == 0', { a: [1, 0, 2], b: [2, 0, 1] }, [0, 1, 0]],
    ['-a', { a: [1, none] }, [-1, none]],
  ])('takes what is missing beside a value for 0: %s', (expression, series, expected) => {
    expect(compute(expression, series)).toEqual(expected);
  });

  it('fills what is missing, but not a metric that has no value at all', () => {
    expect(compute('FILL(m, 0)', { m: [none, 3, none] })).toEqual([0, 3, 0]);
    expect(compute('FILL(FILL(m, REPEAT), 0)', { m: [none, 3, none] })).toEqual([0, 3, 3]);
    expect(compute('FILL(m, 0)', { m: [none, none] })).toEqual([none, none]);
  });

  it('tells how much more there is than before', () => {
    expect(compute('DIFF(m)', { m: [none, 3, none, 5] })).toEqual([none, none, none, 2]);
  });

  it.each([
    ['a $ b', 'holds what is not metric math'],
    ['IF(a, b', 'needs ")"'],
    ['nothing', 'names "nothing"'],
    ['RATE(a)', 'calls RATE'],
    ['5', 'is not one series'],
    ['a b', 'is not one series'],
  ])('refuses %s', (expression, why) => {
    expect(() => compute(expression, { a: [1], b: [1] })).toThrow(why);
  });
});
