import { createStore } from '../../../lib/aws/store.ts';
import type { Clock, ItemsOf, Key, KeysOf, Versioned } from '../../../lib/ports.ts';
import { createDynamoDb, type Item, type SimulatedDynamoDb } from '../dynamodb.ts';
import type { Profile } from '../profile.ts';
import type { SimulatedTable } from '../table.ts';
import { SCHEDULE } from '../world.ts';

/**
 * The table is DynamoDB behind the real lib/aws/store.ts, and shows what was there up to three seconds ago to everybody
 * who does not ask for a consistent read. So nobody may: an old record is answered again, an old list hides the spool.
 */
export const eventualTable: Profile = {
  name: 'eventual-table',
  about: 'The table is read as in AWS, and what is not asked for consistently may be a moment old',
  // Signing takes its time; so the reconciler comes when it has something to ask.
  share: 0.5,
  scene: (scheduler) => {
    const dynamodb = createDynamoDb(scheduler, scheduler.random);
    return {
      world: {
        openTable: (clock) => openDynamoTable(clock, dynamodb),
        schedule: { ...SCHEDULE, everyMs: 300_000 },
      },
      judge: async () => {
        const reads = dynamodb.inconsistentReads();
        return reads === 0 ? [] : [`the table was read ${reads} times as it may have been a moment before`];
      },
    };
  },
};

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

type Row = readonly [Key, Versioned<unknown>];

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

function rowOf({ pk, sk, version, ttl, data }: Item): Row {
  const text = (attribute: Item[string] | undefined) => (attribute && 'S' in attribute ? attribute.S : '');
  const number = (attribute: Item[string] | undefined) =>
    Number(attribute && 'N' in attribute && attribute.N);
  const item = { version: number(version), expiresAt: number(ttl), value: JSON.parse(text(data)) as unknown };
  return [{ pk: text(pk), sk: text(sk) }, item];
}
