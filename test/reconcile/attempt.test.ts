import { describe, expect, it } from 'vitest';
import { attempt } from '../../lib/reconcile/attempt.ts';
import { silentLog } from '../support/silent-log.ts';
import { failed } from './bare-ports.ts';

describe('an attempt', () => {
  it('that succeeds has its result, and nothing is counted', async () => {
    const log = silentLog();
    expect(await attempt({ log }, async () => 'done')).toBe('done');
    expect(log.lines).toEqual([]);
  });

  it('that fails has no result, and is counted by what the error goes by', async () => {
    const log = silentLog();
    expect(await attempt({ log }, () => Promise.reject(failed()))).toBeUndefined();
    expect(log.lines).toMatchObject([{ reconcile_failed: 1, reason: 'server_failure' }]);
  });

  it('that throws before it has begun is counted all the same', async () => {
    const log = silentLog();
    const act = () => {
      throw new TypeError('nothing is there');
    };
    expect(await attempt({ log }, act)).toBeUndefined();
    expect(log.lines).toMatchObject([{ reconcile_failed: 1, reason: 'defect' }]);
  });
});
