import { parseNames } from '../../lib/guards/names.ts';
import type { QueueMessage } from '../../lib/ports.ts';
import { type LookOptions, lookAt } from '../../lib/reconcile/look.ts';
import type { ReconcilePorts } from '../../lib/reconcile/reconcile-ports.ts';
import { type ConversationRecord, NEW_CONVERSATION } from '../../lib/record/conversation.ts';
import { conversationKey, recordKey, saveNext } from '../../lib/record/keys.ts';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import type { ConversationAddress, MessageResource } from '../../lib/twilio/messages.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { silentLog } from '../support/silent-log.ts';

export const AT = Date.UTC(2026, 0, 2, 12);
export const ADDRESS: ConversationAddress = {
  serviceSid: `IS${'1'.repeat(32)}`,
  conversationSid: `CH${'2'.repeat(32)}`,
};

export const sidOf = (index: number) => `IM${String(index).padStart(32, '0')}`;
export const keyOf = (index: number) => `onMessageAdded|${sidOf(index)}`;

/** A customer's message of two minutes ago. */
export function message(index: number, over: Partial<MessageResource> = {}): MessageResource {
  return {
    sid: sidOf(index),
    index,
    author: 'whatsapp:+15550100001',
    body: 'hello',
    attributes: '{}',
    participant_sid: `MB${'4'.repeat(32)}`,
    media: null,
    date_created: ago(120_000),
    ...over,
  } as MessageResource;
}

export const ago = (ms: number) => new Date(AT - ms).toISOString();

/** One conversation at Twilio with these messages, the oldest first, and what a look at it needs. */
export function startLook(there: readonly MessageResource[], over: Partial<ReconcilePorts> = {}) {
  const clock = { now: () => AT, sleep: async () => undefined };
  const store = createMemoryStore({ clock });
  const log = silentLog();
  const sent: QueueMessage[] = [];
  /** How many messages each page was to have that was asked for. */
  const pages: number[] = [];
  const ports = {
    store,
    clock,
    log,
    queue: { send: async (one: QueueMessage) => void sent.push(one) },
    list: async function* (_: ConversationAddress, { PageSize }: { readonly PageSize: number }) {
      for (let from = 0; from === 0 || from < there.length; from += PageSize) {
        pages.push(PageSize);
        yield* there.toReversed().slice(from, from + PageSize);
      }
    },
    readParticipant: async () => undefined,
    accountSid: `AC${'3'.repeat(32)}`,
    botAuthor: 'parley',
    agents: parseNames([]),
    programs: parseNames([]),
    maxAgeMs: 3_600_000,
    asked: 'schedule',
    ...over,
  } as Partial<ReconcilePorts> as ReconcilePorts;

  return {
    store,
    sent,
    pages,
    /** Puts on the queue what is lost. @returns how many messages that were. */
    look: (options: Partial<LookOptions> = {}) =>
      lookAt(ports, ADDRESS, { since: 0, goesOn: () => true, ...options }),
    /** The keys of what is on the queue, in its order. */
    queued: () => sent.map(({ deduplicationId }) => deduplicationId),
    /** What is kept of the conversation. */
    know: (state: Partial<ConversationRecord>) =>
      keep(conversationKey(ADDRESS.conversationSid), { ...NEW_CONVERSATION, ...state }),
    /** What is kept of one message: it was taken in just now, and nothing has become of it, unless told otherwise. */
    record: (index: number, over: Partial<MessageRecord> = {}) => {
      const record = { v: 1, eventType: 'onMessageAdded', receivedAt: AT, parts: [], ...over };
      return keep(recordKey(ADDRESS.conversationSid, keyOf(index)), record);
    },
    isMarkedActive: () =>
      store.items().some(([{ pk, sk }]) => isActiveMark(pk) && sk === ADDRESS.conversationSid),
    counted: (metric: string) => log.lines.filter((line) => metric in line),
    said: () => log.lines.filter((line) => 'message' in line),
  };

  function keep(key: Parameters<typeof store.get>[0], value: object) {
    return saveNext({ store, clock }, { key, value, lifetime: 'record' }, undefined);
  }
}

function isActiveMark(pk: string): boolean {
  return pk.startsWith(`active|${ADDRESS.serviceSid}|2026-01-02T12:00|`);
}
