import { describe, expect, it } from 'vitest';
import { markerAttributes } from '../../lib/event/marker.ts';
import { parseNames } from '../../lib/guards/names.ts';
import { missedMessages, unaccounted } from '../../lib/history/missed-messages.ts';
import type { Store } from '../../lib/ports.ts';
import { type ConversationRecord, NEW_CONVERSATION } from '../../lib/record/conversation.ts';
import { duplicateKey, recordKey, saveNext } from '../../lib/record/keys.ts';
import { planRecord, sentPart } from '../../lib/record/message-record.ts';
import { serviceMark } from '../../lib/record/since.ts';
import type { MessageResource } from '../../lib/twilio/messages.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { messageAdded } from '../rules/support.ts';
import { silentLog } from '../support/silent-log.ts';

const address = { serviceSid: `IS${'1'.repeat(32)}`, conversationSid: `CH${'2'.repeat(32)}` };
const AT = Date.UTC(2026, 0, 2);
const clock = { now: () => AT };
const SUBJECT = `IM${'3'.repeat(32)}`;

function message(index: number, over: Partial<MessageResource> = {}): MessageResource {
  return {
    sid: `IM${index}`,
    index,
    author: 'whatsapp:+15550100001',
    body: '',
    attributes: '{}',
    participant_sid: `MB${'4'.repeat(32)}`,
    media: null,
    date_created: new Date(AT).toISOString(),
    ...over,
  } as MessageResource;
}

/** A message by its age at AT, in milliseconds. */
const aged = (index: number, ms: number, over: Partial<MessageResource> = {}) =>
  message(index, { date_created: new Date(AT - ms).toISOString(), ...over });
const program = { author: 'their-bot', participant_sid: null };

function portsOf(messages: readonly MessageResource[], store: Store = createMemoryStore({ clock })) {
  const log = silentLog();
  async function* list() {
    yield* messages.toReversed();
  }
  const counted = (name: string) => log.lines.filter((line) => name in line);
  const nobody = parseNames([]);
  const who = { botAuthor: 'parley', agents: nobody, programs: nobody };
  return { list, store, clock, log, ...who, read: { participants: async () => [] }, counted };
}

describe('what is missed before a message', () => {
  /** By their Indexes. */
  async function missed(
    messages: readonly MessageResource[],
    { store, state }: { store?: Store; state?: ConversationRecord } = {},
  ) {
    const Index = messages.length;
    const event = messageAdded({ Index, DateCreated: new Date(AT).toISOString() });
    const found = await missedMessages(
      portsOf([...messages, message(Index)], store),
      address,
      state,
      event,
      1,
    );
    return found.map(({ event: { Index }, isHistory }) => (isHistory ? `history ${Index}` : Index));
  }

  /** A store in which a look has set the mark so long before AT, in milliseconds. */
  async function lookedAt(ms: number): Promise<Store> {
    const store = createMemoryStore({ clock });
    await serviceMark({ store, clock: { now: () => AT - ms } }, address.serviceSid);
    return store;
  }

  it('is waited for while the list does not show the message itself, be it the first', async () => {
    const event = messageAdded({ Index: 0, DateCreated: new Date(AT).toISOString() });
    await expect(missedMessages(portsOf([]), address, undefined, event, 1)).rejects.toMatchObject({
      reason: 'list_lags',
      delayMs: 2_000,
    });
    expect(await missedMessages(portsOf([]), address, undefined, event, 5)).toEqual([]);
  });

  it('is no older than ten seconds where somebody else has answered since, and it is the first heard of', async () => {
    expect(await missed([aged(0, 10_001), aged(1, 10_000), aged(2, 5_000), aged(3, 1_000, program)])).toEqual(
      ['history 0', 1, 2, 3],
    );
    const answered = [aged(0, 12_000), aged(1, 11_000, program), aged(2, 10_500)];
    expect(await missed(answered)).toEqual(['history 0', 'history 1', 2]);
  });

  it('is as old as a sweep of the spool, and no older', async () => {
    expect(await missed([aged(0, 300_001), aged(1, 300_000)])).toEqual([1]);
  });

  // Cause: what the queue had refused passed for history once a look had set the mark, and was answered out of order.
  it('is what was written before a look until the sweep after it is over', async () => {
    const before = [aged(0, 300_001), aged(1, 300_000), aged(2, 70_000)];
    expect(await missed(before, { store: await lookedAt(59_000) })).toEqual([1, 2]);
    expect(await missed(before, { store: await lookedAt(60_000) })).toEqual(['history 1', 'history 2']);
    const answered = [...before, aged(3, 69_000, program)];
    expect(await missed(answered, { store: await lookedAt(59_000) })).toEqual(
      [1, 2, 3].map((index) => `history ${index}`),
    );
  });

  it.each<[string, object, Partial<ConversationRecord> | undefined, readonly (string | number)[]]>([
    ['where nothing shows a channel', {}, undefined, [1, 2]],
    ['where nobody is known to have come by one', {}, {}, [1, 2]],
    [
      'but not where this message shows a channel',
      { Author: 'whatsapp:+15550100001' },
      undefined,
      ['history 1', 2],
    ],
    ['but not where somebody is known to have come by one', {}, { byChannel: true }, ['history 1', 2]],
  ])('is what a chat identity wrote, %s', async (_, over, known, expected) => {
    const event = messageAdded({
      Index: 3,
      Author: 'bob',
      Source: 'SDK',
      DateCreated: new Date(AT).toISOString(),
      ...over,
    });
    const ports = portsOf([
      aged(1, 20_000, { author: 'ana' }),
      aged(2, 5_000, { author: 'ana' }),
      message(3),
    ]);
    const state = known && { ...NEW_CONVERSATION, ...known };
    const found = await missedMessages(ports, address, state, event, 1);
    expect(found.map(({ event: { Index }, isHistory }) => (isHistory ? `history ${Index}` : Index))).toEqual(
      expected,
    );
  });

  it('is whatever is not accounted for, however old, where the conversation is known', async () => {
    const store = createMemoryStore({ clock });
    await serviceMark({ store, clock }, address.serviceSid);
    const state = { ...NEW_CONVERSATION, accounted: 1 };
    expect(await missed([message(0), message(1), aged(2, 86_400_000)], { store, state })).toEqual([2]);
  });
});

describe('what is not accounted for', () => {
  const asked = { address, accountSid: `AC${'1'.repeat(32)}`, state: undefined, since: 0 };

  it('is what others than the bot wrote, from the given time on', async () => {
    const messages = [aged(0, 1), message(1), message(2, { author: 'parley' }), message(3)];
    const { newestIndex, messages: found } = await unaccounted(portsOf(messages), { ...asked, since: AT });
    expect([newestIndex, found.map(({ Index }) => Index)]).toEqual([3, [1, 3]]);
  });

  it.each([
    ['a handover', { handover: { at: AT + 306, until: AT + 9_000, back: [] } }],
    ['where it was given back', { givenBackAt: AT + 306 }],
    ['a person', { personAt: AT + 306 }],
  ])('is dated in whole seconds by lists, and still not before %s of the same second', async (_, known) => {
    const state = { ...NEW_CONVERSATION, accounted: 0, ...known };
    const messages = [aged(1, 1_000), message(2), aged(3, -1_000)];
    const { messages: found } = await unaccounted(portsOf(messages), { ...asked, state });
    const dates = found.map(({ DateCreated }) => Date.parse(DateCreated) - AT);
    expect(dates).toEqual([-1_000, 306, 1_000]);
  });

  it('is counted as cut where there is more than is looked at', async () => {
    const thousand = Array.from({ length: 1_000 }, (_, index) => message(index));
    const whole = portsOf(thousand);
    await unaccounted(whole, asked);
    expect(whole.counted('history_cut')).toEqual([]);
    const cut = portsOf([...thousand, message(1_000)]);
    await unaccounted(cut, asked);
    expect(cut.counted('history_cut')).toHaveLength(1);
  });
});

describe('a reply that the conversation does not remember', () => {
  const text = { kind: 'text', Body: 'x' } as const;
  const planned = planRecord({ eventType: 'onMessageAdded', receivedAt: AT }, 'two', [text, text]);
  const half = sentPart(planned, 0, { sid: 'IM7', index: 7 }, AT);

  /**
   * How many duplicates are counted, however often it is looked at, where `part` of the answer stands at Twilio and
   * `record` is what we know of it.
   */
  async function duplicates(
    part: string,
    record?: object,
    own: readonly number[] = [],
    sid = 'IM8',
    by: object = program,
    store = createMemoryStore({ clock }),
  ) {
    const key = recordKey(address.conversationSid, `onMessageAdded|${SUBJECT}`);
    if (record) await saveNext({ store, clock }, { key, value: record, lifetime: 'record' }, undefined);
    const attributes = JSON.stringify(markerAttributes({ in_reply_to: SUBJECT, part }));
    const ports = portsOf([message(8, { ...by, sid, attributes })], store);
    const state = { ...NEW_CONVERSATION, own };
    const look = () => unaccounted(ports, { address, accountSid: '', state, since: 0 });
    await look();
    const once = ports.counted('duplicate_detected').length;
    await look();
    expect(ports.counted('duplicate_detected')).toHaveLength(once);
    return once;
  }

  it('is a duplicate of the part that was sent', async () => {
    expect(await duplicates('1/2', half)).toBe(1);
  });

  it('is remembered to have been counted for as long as the record may be', async () => {
    const store = createMemoryStore({ clock });
    await duplicates('1/2', half, [], 'IM8', program, store);
    const counted = await store.get(duplicateKey(address.conversationSid, 'IM8'));
    expect(counted?.expiresAt).toBe(AT / 1_000 + 30 * 86_400);
  });

  it('is one where the bot takes part under its name, and none where it is somebody else who does', async () => {
    const takesPart = { participant_sid: 'MB8' };
    expect(await duplicates('1/2', half, [], 'IM8', { author: 'parley', ...takesPart })).toBe(1);
    expect(await duplicates('1/2', half, [], 'IM8', { author: 'ana', ...takesPart })).toBe(0);
  });

  it('may be the part that is not known to be sent', async () => {
    expect(await duplicates('2/2', half)).toBe(0);
  });

  it('is another’s where we have sent nothing, or know nothing of it any more', async () => {
    for (const part of ['1/2', '3/3']) {
      expect(await duplicates(part, planned)).toBe(0);
      expect(await duplicates(part)).toBe(0);
    }
  });

  it('is the one that its record knows', async () => {
    expect(await duplicates('1/2', half, [], 'IM7')).toBe(0);
  });

  it('is one of ours, whatever its record says, where the conversation remembers it', async () => {
    expect(await duplicates('1/2', half, [8])).toBe(0);
  });
});
