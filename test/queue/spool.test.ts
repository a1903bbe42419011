import { describe, expect, it } from 'vitest';
import type { QueueMessage } from '../../lib/ports.ts';
import { spoolingQueue, sweepSpool } from '../../lib/queue/spool.ts';
import { SPOOL } from '../../lib/record/keys.ts';
import { RetryError } from '../../lib/retry-error.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { manualClock } from '../contract/manual-clock.ts';
import { silentLog } from '../support/silent-log.ts';

const numbered = (n: number): QueueMessage => ({
  groupId: 'CH1',
  deduplicationId: `onMessageAdded|IM${String(n).padStart(4, '0')}`,
  body: '{}',
});
const MESSAGE = numbered(0);
const SQS = new RetryError('throttled', 1);

/** A spool in front of a queue that takes what `takes` lets it take. */
function scene(takes: (message: QueueMessage) => boolean = () => false) {
  const clock = manualClock();
  const store = createMemoryStore({ clock });
  const log = silentLog();
  const sent: QueueMessage[] = [];
  const hooks = { takes, hasTime: () => true };
  const queue = {
    send: async (message: QueueMessage) => {
      if (!hooks.takes(message)) throw SQS;
      sent.push(message);
    },
  };
  const spooling = spoolingQueue({ queue, store, clock, log });
  return {
    clock,
    store,
    log,
    sent,
    hooks,
    queue,
    send: spooling.send,
    fill: async (count: number) => {
      for (let n = 0; n < count; n += 1) await spooling.send(numbered(n));
      log.lines.length = 0;
    },
    sweep: () => sweepSpool({ queue, store, log, hasTime: () => hooks.hasTime() }),
    waiting: async () => (await store.list<QueueMessage>(SPOOL, 1_000)).map(([, { value }]) => value),
    counted: (metric: string) => log.lines.filter((line) => line[metric] === 1),
  };
}

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
    const key = { pk: SPOOL, sk: `CH1|${MESSAGE.deduplicationId}` };
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

describe('sweeping the spool', () => {
  it('of nothing asks once and brings nothing', async () => {
    expect(await scene().sweep()).toBe(0);
  });

  it('brings everything to the queue, oldest key first, page by page, and counts it', async () => {
    const { fill, hooks, sweep, sent, waiting, counted } = scene();
    await fill(201);
    hooks.takes = () => true;
    expect(await sweep()).toBe(201);
    expect(sent).toEqual(Array.from({ length: 201 }, (_, n) => numbered(n)));
    expect(await waiting()).toEqual([]);
    expect(counted('event_unspooled')).toHaveLength(201);
  });

  it('reads a hundred at a time, and stops where a page brought nothing', async () => {
    const { queue, store, log } = scene(() => true);
    const limits: number[] = [];
    const list = async (_: string, limit: number) => {
      limits.push(limit);
      return [];
    };
    await sweepSpool({ queue, store: { ...store, list }, log, hasTime: () => true });
    expect(limits).toEqual([100]);
  });

  it('leaves what the queue refuses where it is, with the reason in the count, and goes on', async () => {
    const { fill, hooks, sweep, waiting, counted } = scene();
    await fill(8);
    hooks.takes = ({ deduplicationId }) => !/[0-3]$/.test(deduplicationId);
    expect(await sweep()).toBe(4);
    expect(await waiting()).toEqual([0, 1, 2, 3].map(numbered));
    // The page after the last is asked for as well, and its first is the fifth refusal.
    expect(counted('event_stays_spooled').map(({ reason }) => reason)).toEqual(Array(5).fill(SQS.code));
  });

  it('gives up after five refusals: then it is the queue that is down', async () => {
    const { fill, sweep, counted, waiting } = scene();
    await fill(9);
    expect(await sweep()).toBe(0);
    expect(counted('event_stays_spooled')).toHaveLength(5);
    expect(await waiting()).toHaveLength(9);
  });

  it('begins nothing without time, and stops when it runs out', async () => {
    const { fill, hooks, sweep, sent, store } = scene();
    await fill(5);
    hooks.takes = () => true;
    hooks.hasTime = () => false;
    expect(await sweep()).toBe(0);
    hooks.hasTime = () => sent.length < 3;
    expect(await sweep()).toBe(3);
    expect(store.items()).toHaveLength(2);
  });

  it('removes only the version that it read', async () => {
    const { fill, hooks, queue, store, log, waiting } = scene();
    await fill(1);
    hooks.takes = () => true;
    const removed: (number | undefined)[] = [];
    const remove = async (_: object, version: number) => {
      removed.push(version);
    };
    await sweepSpool({ queue, store: { ...store, remove }, log, hasTime: () => removed.length === 0 });
    expect(removed).toEqual([1]);
    expect(await waiting()).toEqual([MESSAGE]);
  });
});
