import type { Stage } from '../../cli/stage/stage.ts';
import type { Key, QueueMessage, Store, Versioned } from '../../lib/ports.ts';
import type { DeadMessage, MemoryQueue } from '../lambda/memory-queue.ts';
import type { MemoryStore } from '../lambda/memory-store.ts';
import type { KeptLog } from './keep-log.ts';

/** What of a running world an operator's command may touch. */
export interface Operated {
  readonly settings: Stage['settings'];
  readonly now: () => number;
  readonly store: Store & Pick<MemoryStore, 'items'>;
  readonly queue: MemoryQueue;
  readonly log: KeptLog;
  readonly reconcile: (asked: object) => Promise<unknown>;
}

export type OperatorCall = (operated: Operated, ...args: never[]) => unknown;

/** By the name that cli/stage/world-stage.ts calls them by. */
export const OPERATOR_CALLS: Readonly<Record<string, OperatorCall>> = {
  settings: ({ settings }) => settings,
  now: ({ now }) => now(),
  'table.get': ({ store }, key: Key) => store.get(key),
  'table.put': ({ store }, key: Key, item: Versioned<unknown>, expected: number | null) =>
    store.put(key, item, expected ?? undefined),
  'table.list': ({ store }, pk: string, limit: number) => store.list(pk, limit),
  'table.remove': ({ store }, key: Key, expected: number) => store.remove(key, expected),
  'table.items': ({ store, now }) => store.items().filter(([, { expiresAt }]) => expiresAt * 1000 > now()),
  'queue.send': ({ queue }, message: QueueMessage) => queue.send(message),
  'queue.depth': ({ queue }) => queue.depth(),
  'dead.count': ({ queue }) => queue.deadLetters.length,
  'dead.read': ({ queue }, max: number) => queue.deadLetters.slice(0, max),
  'dead.remove': ({ queue }, letter: Pick<DeadMessage, 'id'>) => queue.dropDeadLetter(letter.id),
  log: ({ log }, from: number, to: number) => log.between(from, to),
  reconcile: ({ reconcile }, asked: object) => reconcile(asked),
};
