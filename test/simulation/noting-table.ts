import type { Clock, Key, Store } from '../../lib/ports.ts';
import type { ConversationRecord } from '../../lib/record/conversation.ts';
import { memoryTable, type SimulatedTable } from './table.ts';
import type { Version } from './world.ts';

/** What a build that knows no memory does not know of a conversation's item, and of a message's record. */
const UNKNOWN = ['memory', 'order', 'handover', 'givenBackAt', 'change'];

type Fields = Readonly<Record<string, unknown>>;

export interface NotingOptions {
  /** Takes the short key of what a version has noted. */
  readonly onNoted: (shortKey: string, by: Version) => void;
  /**
   * A build from before there was a memory. It does not see the fields that came with it, and as it changes what it has
   * read, they stay as they are in what it writes.
   */
  readonly forgetful?: Version | undefined;
}

/** A table that tells which version of the bot has noted what. */
export function notingTable(clock: Pick<Clock, 'now'>, options: NotingOptions): SimulatedTable {
  const { onNoted, forgetful } = options;
  const table = memoryTable(clock);
  return {
    ...table,
    open: (version) => {
      const noting = watchNoted(table.open(version), (short) => onNoted(short, version));
      return version === forgetful ? withoutMemory(noting) : noting;
    },
  };
}

function watchNoted(store: Store, onNoted: (shortKey: string) => void): Store {
  return {
    ...store,
    put: async (key, item, expected) => {
      if (key.sk !== 'conversation') return store.put(key, item, expected);
      const before = new Set(notedIn((await store.get<ConversationRecord>(key))?.value));
      const isSaved = await store.put(key, item, expected);
      for (const short of isSaved ? notedIn(item.value as ConversationRecord) : [])
        if (!before.has(short)) onNoted(short);
      return isSaved;
    },
  };
}

function notedIn({ noted = [] }: Partial<ConversationRecord> = {}): readonly string[] {
  return noted;
}

function withoutMemory(store: Store): Store {
  return {
    ...store,
    get: async <T>(key: Key) => {
      const found = await store.get<T>(key);
      return found && { ...found, value: known(found.value as Fields, true) as T };
    },
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
