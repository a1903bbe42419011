import type { Timed } from './page-event.ts';

export interface Entry {
  /** 1 for the first. */
  readonly number: number;
  readonly event: Timed;
}

/** What has happened, so that a page that opens later, or was away, sees it too. */
export interface Journal {
  add(event: Timed): void;
  /** @returns what came after `number`; undefined when some of that has been forgotten, or has yet to come */
  after(number: number): readonly Entry[] | undefined;
  /**
   * @param listener told that there is something new
   * @returns ends the subscription
   */
  subscribe(listener: () => void): () => void;
}

const KEPT = 5000;

/** Who is there is never forgotten, or the page would show messages of a conversation that it does not know. */
const LASTING: ReadonlySet<string> = new Set(['conversation', 'participant', 'rules', 'loaded']);

/** What is known of a conversation stands in what was noted of it last, however long ago. */
function latestNoted(entries: readonly Entry[]): readonly Entry[] {
  const byConversation = new Map<string, Entry>();
  for (const entry of entries) {
    if (entry.event.kind !== 'noted') continue;
    byConversation.delete(entry.event.conversationSid);
    byConversation.set(entry.event.conversationSid, entry);
  }
  return [...byConversation.values()];
}

/** @param kept how many of the newest entries are kept for certain */
export function createJournal(kept = KEPT): Journal {
  const listeners = new Set<() => void>();
  let entries: Entry[] = [];
  let number = 0;
  let forgotten = 0;

  /** Now and then instead of each time: adding stays cheap under load. */
  function forgetOldest(): void {
    const recent = entries.splice(-kept);
    forgotten = (recent[0]?.number ?? 1) - 1;
    entries = [...entries.filter(({ event }) => LASTING.has(event.kind)), ...latestNoted(entries), ...recent];
  }

  return {
    add: (event) => {
      number += 1;
      entries.push({ number, event });
      if (number - forgotten > 2 * kept) forgetOldest();
      for (const listener of listeners) listener();
    },
    after: (last) => {
      if (last !== 0 && (last < forgotten || last > number)) return undefined;
      return entries.slice(entries.findLastIndex((entry) => entry.number <= last) + 1);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
