import type { Created, Newest } from '../../lib/reconcile/look-state.ts';
import { markNewConversations } from '../../lib/reconcile/new-conversations.ts';
import type { ReconcilePorts } from '../../lib/reconcile/reconcile-ports.ts';
import type { ConversationPage, ListConversationsOptions } from '../../lib/twilio/conversations.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';

export const NOW = Date.UTC(2026, 0, 2, 12);
export const SECOND = 1_000;

/** A conversation by its SID and its date: milliseconds before now, or what Twilio says instead. */
export type Shown = readonly [sid: string, date: number | string | null];

function pageOf(shown: readonly Shown[], next?: string): ConversationPage {
  const conversations = shown.map(([sid, date]) => ({
    sid,
    date_created: typeof date === 'number' ? ago(date) : date,
  }));
  return { conversations, next } as object as ConversationPage;
}

export const ago = (ms: number) => new Date(NOW - ms).toISOString();
export const created = (sid: string, ms: number): Created => ({ sid, at: NOW - ms });

interface Known {
  readonly before?: Newest;
  readonly since?: number;
  /** How many pages there is time for. */
  readonly pages?: number;
  /** How many services there are. */
  readonly services?: number;
}

/** Lists these pages, one after another, each with a link to the next. */
export async function listNew(
  pages: readonly (readonly Shown[])[],
  { before, since = 0, pages: most = 9, services = 1 }: Known = {},
) {
  const clock = { now: () => NOW };
  const store = createMemoryStore({ clock });
  const asked: ListConversationsOptions[] = [];
  const listConversations = async (_: string, options: ListConversationsOptions) => {
    asked.push(options);
    const at = Number(options.from ?? 0);
    return pageOf(pages[at] ?? [], at + 1 < pages.length ? String(at + 1) : undefined);
  };
  const newest = await markNewConversations(
    { store, clock, listConversations, serviceSids: Array(services).fill('IS1') } as never as ReconcilePorts,
    'IS1',
    {
      before,
      since,
      goesOn: () => asked.length < most,
    },
  );
  const marked = store
    .items()
    .map(([{ pk, sk }]) => (pk.startsWith('active|IS1|2026-01-02T12:00|') ? sk : pk));
  return { newest, marked, asked };
}
