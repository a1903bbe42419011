import type { Clock, ItemsOf, Key, KeysOf, Store } from '../../lib/ports.ts';
import type { ConversationRecord } from '../../lib/record/conversation.ts';
import { memoryTable, type SimulatedTable } from './table.ts';
import type { Version } from './world.ts';

/** What a build that knows no memory does not know of a conversation's item, and of a message's record. */
const UNKNOWN = ['memory', 'order', 'handover', 'givenBackAt', 'change'];

type Fields = Readonly<Record<string, unknown>>;

/** What was noted of each conversation, in the order in which it was, by its short key. */
export type NotedBy = Map<string, Map<string, { readonly version: Version; readonly at: number }>>;

export interface NotingOptions {
  readonly notedBy: NotedBy;
  /**
   * A build from before there was a memory. It does not see the fields that came with it, and as it changes what it has
   * read, they stay as they are in what it writes.
   */
  readonly forgetful?: Version | undefined;
}

/** A table that tells which version of the bot has noted what, and when. */
export function notingTable(clock: Pick<Clock, 'now'>, options: NotingOptions): SimulatedTable {
  const { notedBy, forgetful } = options;
  const table = memoryTable(clock);
  return {
    ...table,
    open: (version) => {
      const noting = watchNoted(table.open(version), (pk, short) => {
        const noted = notedBy.get(pk) ?? new Map();
        notedBy.set(pk, noted.set(short, { version, at: clock.now() }));
      });
      return version === forgetful ? withoutMemory(noting) : noting;
    },
  };
}

function watchNoted(store: Store, onNoted: (pk: string, shortKey: string) => void): Store {
  return {
    ...store,
    put: async (key, item, expected) => {
      if (key.sk !== 'conversation') return store.put(key, item, expected);
      const before = new Set(notedIn((await store.get<ConversationRecord>(key))?.value));
      const isSaved = await store.put(key, item, expected);
      for (const short of isSaved ? notedIn(item.value as ConversationRecord) : [])
        if (!before.has(short)) onNoted(key.pk, short);
      return isSaved;
    },
  };
}

function notedIn({ noted = [] }: Partial<ConversationRecord> = {}): readonly string[] {
  return noted;
}

function withoutMemory(store: Store): Store {
  const get = async <T>(key: Key) => {
    const found = await store.get<T>(key);
    return found && { ...found, value: known(found.value as Fields, true) as T };
  };
  return {
    ...store,
    get,
    getAll: async <T extends readonly unknown[]>(keys: KeysOf<T>) =>
      (await Promise.all(keys.map((key) => get(key)))) as unknown as ItemsOf<T>,
    put: async (key, item, expected) => {
      const before = (await store.get<Fields>(key))?.value ?? {};
      const value = { ...known(item.value as Fields, true), ...known(before, false) };
      return store.put(key, { ...item, value }, expected);
    },
  };
}

/** The fields that it knows, or all others. */
function known(value: Fields, isKnown: boolean): Fields {
  return Object.fromEntries(Object.entries(value).filter(([name]) => UNKNOWN.includes(name) !== isKnown));
}
