import { describe, expect, it } from 'vitest';
import { spoolingQueue } from '../../lib/queue/spool.ts';
import { spoolKey } from '../../lib/record/keys.ts';
import { numbered, SQS, scene } from './spool-scene.ts';

const MESSAGE = numbered(0);

describe('a queue with a spool', () => {
  it('spools nothing while the queue takes messages', async () => {
    const { send, sent, store, log } = scene(() => true);
    await send(MESSAGE);
    expect(sent).toEqual([MESSAGE]);
    expect([store.items(), log.lines]).toEqual([[], []]);
  });

  it('keeps for two weeks what the queue refuses, once, and counts it', async () => {
    const { send, store, clock, counted } = scene();
    await send(MESSAGE);
    await send(MESSAGE);
    const key = spoolKey(MESSAGE, clock.now());
    const expiresAt = clock.now() / 1000 + 14 * 86_400;
    expect(store.items()).toEqual([[key, { version: 1, expiresAt, value: MESSAGE }]]);
    expect(counted('event_spooled')).toHaveLength(2);
  });

  it('passes on the queue’s own error when the table refuses too, and counts nothing', async () => {
    const { queue, clock, log } = scene();
    const store = { put: () => Promise.reject(new Error('DynamoDB')) };
    await expect(spoolingQueue({ queue, store, clock, log }).send(MESSAGE)).rejects.toBe(SQS);
    expect(log.lines).toEqual([]);
  });
});
