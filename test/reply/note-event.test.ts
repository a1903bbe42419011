import { beforeEach, describe, expect, it } from 'vitest';
import type { ConversationEvent } from '../../lib/event/event-types.ts';
import { parseNames } from '../../lib/guards/names.ts';
import type { Store, Versioned } from '../../lib/ports.ts';
import { type ConversationRecord, NEW_CONVERSATION } from '../../lib/record/conversation.ts';
import { conversationKey } from '../../lib/record/keys.ts';
import { finishedRecord, type MessageRecord } from '../../lib/record/message-record.ts';
import { authorSettings } from '../../lib/reply/answer-settings.ts';
import type { Claim } from '../../lib/reply/claim.ts';
import { eraseNoted, type NotePorts, noteEvent } from '../../lib/reply/note-event.ts';
import type { Try } from '../../lib/reply/open-try.ts';
import type { MemoryChange } from '../../lib/rules/memory.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { bookOf, messageAdded } from '../rules/support.ts';
import { silentLog } from '../support/silent-log.ts';

const QUARTER = 900_000;
const HOUR = 4 * QUARTER;
const event = messageAdded({ Index: 4 });
const WRITTEN_AT = Date.parse(event.DateCreated);
const NOW = WRITTEN_AT + 1_000;
const address = { serviceSid: `IS${'a'.repeat(32)}`, conversationSid: event.ConversationSid };
const key = { pk: address.conversationSid, sk: `onMessageAdded|${event.MessageSid}` };
const rules = bookOf(
  'version: 1\nrules:\n  - { id: hello, when: { keyword: hello }, then: { text: Hello. } }\n',
);

let log: ReturnType<typeof silentLog>;
/** The partition of each item that was put. */
let written: string[];
let store: Store;
let ports: NotePorts;

beforeEach(() => {
  const clock = { now: () => NOW };
  log = silentLog();
  written = [];
  const memory = createMemoryStore({ clock });
  store = {
    ...memory,
    put: (...item) => {
      written.push(item[0].pk);
      return memory.put(...item);
    },
  };
  const never = () => Promise.reject(new Error('nobody asks for it'));
  ports = {
    read: { participant: never, conversation: never, participants: never },
    clock,
    log,
    store,
    rules,
    botAuthor: 'parley',
    agents: parseNames([]),
    programs: parseNames([]),
    ...authorSettings(rules),
    muteMs: [HOUR],
  };
});

/** The record of a message that was answered, and of what that changes. */
function recordWith(change?: MemoryChange): MessageRecord {
  const origin = { eventType: 'onMessageAdded', receivedAt: WRITTEN_AT };
  return { ...finishedRecord(origin, { outcome: 'replied', at: NOW }), ...(change && { change }) };
}

interface Noting {
  readonly of?: ConversationEvent;
  readonly state?: Partial<ConversationRecord>;
  readonly claim?: Partial<Claim>;
  readonly record?: MessageRecord;
}

/** Notes an event, of a customer unless it is said otherwise, and says what the conversation knows from then on. */
async function noted({ of = event, state, claim, record = recordWith() }: Noting = {}) {
  const whole = {
    event: of,
    receivedAt: WRITTEN_AT,
    address,
    key,
    tries: { isDeadly: false, fails: async () => false } as never as Try,
    conversation: { ...NEW_CONVERSATION, ...state },
    author: async () => ({ who: 'customer' }),
    read: { conversation: async () => undefined },
    ...claim,
  } as Claim;
  await noteEvent(ports, whole, record, undefined);
  const kept = await store.get<ConversationRecord>(conversationKey(address.conversationSid));
  return kept?.value;
}

describe('what noting an event did to its conversation is logged, with the conversation:', () => {
  const lines = () => log.lines.filter(({ level }) => level !== undefined);
  const quick = { at: WRITTEN_AT - 1_000, key: 'before' };
  const handover = { at: WRITTEN_AT - HOUR, until: WRITTEN_AT + HOUR, back: [] };
  const closing = {
    EventType: 'onConversationStateUpdated',
    AccountSid: event.AccountSid,
    ConversationSid: event.ConversationSid,
    StateUpdated: event.DateCreated,
    StateFrom: 'active',
    StateTo: 'closed',
  } as const;

  it.each<[string, string, Noting]>([
    ['warn', 'muted: the other side answers like a machine', { state: { quickTurns: 4, replies: [quick] } }],
    ['info', 'handed over to a person', { record: recordWith({ handover: { forMs: HOUR, back: [] } }) }],
    ['info', 'given back to the bot', { of: closing, state: { handover } }],
    [
      'warn',
      'a question is closed: its rule is gone, or asks nothing any more',
      { record: recordWith({ question: { opens: 'gone' } }) },
    ],
  ])('%s, %s', async (level, message, noting) => {
    await noted(noting);
    expect(lines()).toMatchObject([{ level, message, ...address }]);
  });

  it('nothing, where it did nothing', async () => {
    await noted();
    expect(log.lines).toEqual([]);
  });
});

describe('a conversation is marked for the reconciler', () => {
  const marks = async (activeAt?: number) => {
    await noted({ state: activeAt === undefined ? {} : { activeAt } });
    return written.filter((pk) => pk.startsWith('active|')).length;
  };
  const quarterBegins = Math.floor(WRITTEN_AT / QUARTER) * QUARTER;

  it.each([
    ['at its first event', undefined, 1],
    ['again in the next quarter of an hour', quarterBegins - 1, 1],
    ['only once in a quarter of an hour', quarterBegins, 0],
  ])('%s', async (_, activeAt, times) => {
    expect(await marks(activeAt)).toBe(times);
  });
});

describe('a message that was missed', () => {
  const passing = { isPassing: true, isGapOpen: false };

  it('is accounted for', async () => {
    expect(await noted({ claim: passing })).toMatchObject({ accounted: 4 });
  });

  it('is not accounted for as long as its record still holds a change, so that it is found again', async () => {
    const record = recordWith({ values: { day: 'Monday' } });
    expect(await noted({ claim: passing, record })).toMatchObject({ accounted: -1 });
  });
});

describe('a conversation that somebody else has changed meanwhile', () => {
  it('is left as it is, and the event comes back at once', async () => {
    await noted();
    await expect(noted()).rejects.toMatchObject({ reason: 'conversation_changed', delayMs: 0 });
  });
});

describe('an event of which processes die', () => {
  const deadly = {
    tries: { isDeadly: true } as Try,
    author: () => Promise.reject(new Error('it would kill the next one as well')),
  };
  const of = messageAdded({ Index: 4, Author: 'ana', Source: 'SDK' });

  it('is noted without asking whose it is, as a customer’s where nobody came by a channel', async () => {
    expect(await noted({ of, claim: deadly })).not.toHaveProperty('personAt');
  });

  it('is noted as a person’s where somebody did: rather keep quiet than talk over them', async () => {
    const state = { byChannel: true } as const;
    expect(await noted({ of, claim: deadly, state })).toMatchObject({ personAt: WRITTEN_AT });
  });
});

describe('a change that is noted', () => {
  const record = recordWith({ values: { day: 'Monday' } });
  const keep = (value: MessageRecord) => {
    const item: Versioned<MessageRecord> = { version: 1, expiresAt: NOW / 1_000 + 60, value };
    return store.put(key, item, undefined);
  };

  it('is erased from the record', async () => {
    await keep(record);
    await eraseNoted(ports, { key }, record);
    expect(await store.get(key)).toMatchObject({ version: 2, value: recordWith() });
    expect((await store.get<MessageRecord>(key))?.value).not.toHaveProperty('change');
  });

  it('is left where another process has erased it by then', async () => {
    await keep(recordWith());
    await eraseNoted(ports, { key }, record);
    expect(await store.get(key)).toMatchObject({ version: 1 });
  });

  it('is not put back where the record is gone by then, as when somebody was forgotten', async () => {
    await eraseNoted(ports, { key }, record);
    expect(await store.get(key)).toBeUndefined();
  });
});
