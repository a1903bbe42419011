import { expect, it } from 'vitest';
import { COUNTS, chargedMetrics, LOGGED, MEASURES } from '../lib/metrics.ts';

it('has each name once, whether it is counted, measured or only in the log', () => {
  const names = [...Object.keys(COUNTS), ...Object.keys(MEASURES), ...LOGGED];
  expect(names).toEqual([...new Set(names)]);
});

it('charges for each listed reason, and for no total beside them', () => {
  const failed = chargedMetrics().filter(({ metric }) => metric === 'delivery_failed');
  expect(failed.map(({ reason }) => reason)).toEqual([...COUNTS.delivery_failed]);
});
