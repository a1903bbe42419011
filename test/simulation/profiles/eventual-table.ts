import { createStore } from '../../../lib/aws/store.ts';
import type { Clock, ItemsOf, Key, KeysOf, Versioned } from '../../../lib/ports.ts';
import type { StoredItem } from '../../../local/lambda/memory-store.ts';
import { createDynamoDb, type Item, type SimulatedDynamoDb } from '../dynamodb.ts';
import type { Profile, Scene } from '../profile.ts';
import type { Scheduler } from '../scheduler.ts';
import type { OpenTable, SimulatedTable } from '../table.ts';
import { createTableLoss, sceneOfLoss } from '../table-loss.ts';
import { SCHEDULE, type Schedule } from '../world.ts';
import { playCustomers } from './customers.ts';

/**
 * The table is DynamoDB behind the real lib/aws/store.ts, and shows what was there up to three seconds ago to everybody
 * who does not ask for a consistent read. So nobody may: an old record is answered again, an old list hides the spool.
 * In some seeds it is lost besides, or set back.
 */
export const eventualTable: Profile = {
  name: 'eventual-table',
  about: 'The table is read as in AWS, and what is not asked for consistently may be a moment old',
  // Signing takes its time; so the reconciler comes when it has something to ask.
  share: 0.5,
  scene: (scheduler) => {
    const tables: SimulatedDynamoDb[] = [];
    const openTable: OpenTable = (clock, rows = []) => {
      const dynamodb = createDynamoDb(scheduler, scheduler.random, rows.map(itemOf));
      tables.push(dynamodb);
      return openDynamoTable(clock, dynamodb);
    };
    const schedule = { ...SCHEDULE, everyMs: 300_000 };
    return {
      ...(scheduler.random() < LOST
        ? withLoss(scheduler, openTable, schedule)
        : { world: { openTable, schedule } }),
      judge: async () => {
        const reads = tables.reduce((sum, table) => sum + table.inconsistentReads(), 0);
        return reads === 0 ? [] : [`the table was read ${reads} times as it may have been a moment before`];
      },
    };
  },
};

/** In how many seeds. */
const LOST = 0.3;

function withLoss(scheduler: Scheduler, open: OpenTable, schedule: Schedule): Scene {
  const loss = createTableLoss(scheduler, open);
  return { world: { openTable: loss.openTable, schedule }, ...sceneOfLoss(loss, playCustomers) };
}

/** What is loaded when AWS is first called must not be waited for in a seed, where no time passes for it. */
async function loadClient(): Promise<void> {
  const clock = { now: () => 0, sleep: async () => undefined };
  const { client } = createDynamoDb(clock, () => 0.9);
  const store = createStore({ tableName: 'parley', clock, client });
  const [key, item] = [
    { pk: 'a', sk: 'b' },
    { version: 1, expiresAt: 1, value: 0 },
  ];
  for (let puts = 0; puts < 2; puts += 1) await store.put(key, item, undefined);
  await store.get(key);
  await store.getAll([key]);
  await store.list(key.pk, 1);
  for (const version of [2, 1]) await store.remove(key, version);
}

await loadClient();

function openDynamoTable(clock: Clock, dynamodb: SimulatedDynamoDb): SimulatedTable {
  const open = () => createStore({ tableName: 'parley', clock, client: dynamodb.client });
  const { put, remove } = open();
  const items = () => dynamodb.rows().map(rowOf);
  const liveIn = (pk: string) =>
    items().filter(([key, { expiresAt }]) => key.pk === pk && expiresAt * 1_000 > clock.now());
  const find = ({ pk, sk }: Key) => liveIn(pk).find(([key]) => key.sk === sk)?.[1];
  return {
    get: async <T>(key: Key) => find(key) as Versioned<T> | undefined,
    getAll: async <T extends readonly unknown[]>(keys: KeysOf<T>) => keys.map(find) as unknown as ItemsOf<T>,
    list: async <T>(pk: string, limit: number, after = '') =>
      liveIn(pk)
        .filter(([{ sk }]) => sk > after)
        .sort(([a], [b]) => (a.sk < b.sk ? -1 : 1))
        .slice(0, limit) as (readonly [Key, Versioned<T>])[],
    put,
    remove,
    items,
    open,
    whole: true,
  };
}

function rowOf({ pk, sk, version, ttl, data }: Item): StoredItem {
  const text = (attribute: Item[string] | undefined) => (attribute && 'S' in attribute ? attribute.S : '');
  const number = (attribute: Item[string] | undefined) =>
    Number(attribute && 'N' in attribute && attribute.N);
  const item = { version: number(version), expiresAt: number(ttl), value: JSON.parse(text(data)) as unknown };
  return [{ pk: text(pk), sk: text(sk) }, item];
}

function itemOf([{ pk, sk }, { version, expiresAt, value }]: StoredItem): Item {
  return {
    pk: { S: pk },
    sk: { S: sk },
    version: { N: String(version) },
    ttl: { N: String(expiresAt) },
    data: { S: JSON.stringify(value) },
  };
}
