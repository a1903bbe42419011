import { expect, it } from 'vitest';
import { COUNTS, chargedMetrics, LOGGED, MEASURES } from '../lib/metrics.ts';

/** At $0.30 a month; the alarms and the dashboard take the rest of $15. */
const AFFORDABLE = 30;

it('has no more metrics than a month may cost, each value of a dimension counted as one', () => {
  expect(chargedMetrics().length).toBeLessThanOrEqual(AFFORDABLE);
});

it('has each name once, whether it is counted, measured or only in the log', () => {
  const names = [...Object.keys(COUNTS), ...Object.keys(MEASURES), ...LOGGED];
  expect(names).toEqual([...new Set(names)]);
});

it('charges for each listed reason, and for no total beside them', () => {
  const failed = chargedMetrics().filter(({ metric }) => metric === 'delivery_failed');
  expect(failed.map(({ reason }) => reason)).toEqual([...COUNTS.delivery_failed]);
});
