import { describe, expect, it } from 'vitest';
import { PATIENCE_MS, runLoad } from './run-load.ts';

describe('the packaged bot under a little load', () => {
  // On a slow machine it takes longer; what waits when patience ends, at most four times, is named so.
  const timeout = 5 * PATIENCE_MS;
  it('answers every message once and in order, and all of it is measured', { timeout }, async () => {
    const result = await runLoad({ seconds: 2, rate: 15 });
    expect(result).toMatchObject({ refused: 0, lost: 0, waiting: 0, duplicated: 0, reordered: 0 });
    expect(result.answered.length).toBeGreaterThan(0);
    expect(result.acknowledged).toHaveLength(result.answered.length);
    expect(result.written).toBeGreaterThan(result.answered.length);
    expect(result.processorTime.standIns).toBeGreaterThan(0);
  });
});
