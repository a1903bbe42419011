import type { Key, QueueMessage } from '../../lib/ports.ts';
import { spoolingQueue } from '../../lib/queue/spool.ts';
import { sweepSpool } from '../../lib/queue/sweep-spool.ts';
import { OLD_SPOOL, SPOOLS, spoolKey } from '../../lib/record/keys.ts';
import { RetryError } from '../../lib/retry-error.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { manualClock } from '../contract/manual-clock.ts';
import { silentLog } from '../support/silent-log.ts';

export const SQS = new RetryError('throttled', 1);
const MINUTE = 60_000;

export function numbered(n: number, groupId = 'CH1'): QueueMessage {
  return { groupId, deduplicationId: `onMessageAdded|IM${String(n).padStart(4, '0')}`, body: '{}' };
}

export const numberOf = ({ deduplicationId }: QueueMessage): number => Number(deduplicationId.slice(-4));

/** So many whole numbers, from the given one on. */
export const range = (count: number, from = 0): readonly number[] =>
  Array.from({ length: count }, (_, n) => from + n);

/** All of one conversation. */
export const events = (count: number, from = 0): readonly QueueMessage[] =>
  range(count, from).map((n) => numbered(n));

const shard = (groupId: string) => spoolKey(numbered(0, groupId), 0).pk;
/** Conversations whose events wait in the partition of CH1. */
export const NEIGHBOURS: readonly string[] = range(20_000)
  .map((n) => `CH-${n}`)
  .filter((groupId) => shard(groupId) === shard('CH1'));
/** Each in a conversation of its own, in one partition. */
export const neighbours = (count: number, from = 0): readonly QueueMessage[] =>
  range(count, from).map((n) => numbered(n, NEIGHBOURS[n]));

/** A spool in front of a queue that takes what `takes` lets it take. */
export function scene(takes: (message: QueueMessage) => boolean = () => false) {
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
  const expiresAt = () => clock.now() / 1000 + 14 * 86_400;
  const spooling = spoolingQueue({ queue, store, clock, log });
  const ports = { queue, store, log, clock, hasTime: () => hooks.hasTime() };
  return {
    clock,
    store,
    log,
    sent,
    hooks,
    queue,
    ports,
    send: spooling.send,
    /** Spools them a millisecond apart. */
    fill: async (messages: readonly QueueMessage[]) => {
      for (const message of messages) {
        await spooling.send(message);
        clock.advance(1);
      }
      log.lines.length = 0;
    },
    /** As sweeps leave what the queue refused so often. */
    fillRefused: async (times: number, messages: readonly QueueMessage[]) => {
      for (const value of messages) {
        const item = { version: 1 + times, expiresAt: expiresAt(), value };
        await store.put(spoolKey(value, clock.now()), item, undefined);
        clock.advance(1);
      }
    },
    /** As the version before spooled. */
    fillOld: async (message: QueueMessage) => {
      const key = { pk: OLD_SPOOL, sk: `${message.groupId}|${message.deduplicationId}` };
      await store.put(key, { version: 1, expiresAt: expiresAt(), value: message }, undefined);
    },
    sweep: () => sweepSpool(ports),
    /** A minute later. */
    sweepNext: () => {
      clock.advance(MINUTE);
      return sweepSpool(ports);
    },
    waiting: async () => {
      const pages = await Promise.all(
        [OLD_SPOOL, ...SPOOLS].map((pk) => store.list<QueueMessage>(pk, 1_000)),
      );
      return pages.flat().map(([, { value }]) => value);
    },
    keys: (): readonly Key[] => store.items().map(([key]) => key),
    counted: (metric: string) => log.lines.filter((line) => line[metric] === 1),
  };
}
