import { beforeEach, describe, expect, it } from 'vitest';
import type { ConversationEvent } from '../../lib/event/event-types.ts';
import { type AskPorts, askHandler } from '../../lib/reply/ask-handler.ts';
import type { Claim } from '../../lib/reply/claim.ts';
import type { RenderValues } from '../../lib/rules/actions/action.ts';
import type { ReplyAction, Share } from '../../lib/rules/types.ts';
import type { MessageResource } from '../../lib/twilio/messages.ts';
import { NotFoundError, ServerError } from '../../lib/twilio/twilio-errors.ts';
import { bookOf, conversationAdded, messageAdded } from '../rules/support.ts';

const address = { serviceSid: `IS${'a'.repeat(32)}`, conversationSid: `CH${'a'.repeat(32)}` };
const rules = bookOf(`version: 1
rules:
  - { id: hours, when: { keyword: [hours, open] }, then: { text: Nine to five. } }
otherwise: { text: Sorry? }
`);
const call = { kind: 'call', handler: 'look', values: {}, remembers: [], else: [] } as const;

/** What Twilio has of the conversation, the newest first. */
let written: MessageResource[];
let listed: unknown[];
let fetchFails: Error | undefined;
let readOf: unknown[];
let ports: AskPorts;

const resource = (index: number) =>
  ({
    sid: `IM${String(index).padStart(32, '0')}`,
    account_sid: `AC${'a'.repeat(32)}`,
    index,
    author: '+15550100001',
    body: `message ${index}`,
    participant_sid: null,
    date_created: '2026-11-20T22:30:00Z',
    attributes: '{}',
    media: null,
  }) as never as MessageResource;

beforeEach(() => {
  written = Array.from({ length: 250 }, (_, at) => resource(250 - at));
  listed = [];
  fetchFails = undefined;
  readOf = [];
  ports = {
    rules,
    list: async function* (_, options) {
      listed.push(options);
      yield* written;
    },
    fetch: async (_, messageSid) => {
      if (fetchFails !== undefined) throw fetchFails;
      return { ...resource(7), sid: messageSid };
    },
    read: {
      conversation: async (of) => {
        readOf.push(of);
        return { friendly_name: 'Visit', unique_name: null, attributes: '{}' };
      },
      participant: async (_, sid) => {
        readOf.push(sid);
        return { identity: null, attributes: '{}' };
      },
      participants: async () => [],
    },
  };
});

/** What a handler is asked with about this event, as the only action of its rule or among others. */
function asked(
  event: ConversationEvent = messageAdded(),
  share: Partial<Share> = {},
  remembered?: Readonly<Record<string, string>>,
) {
  const values = { event, match: {}, language: 'en', languages: ['en'], now: 0, remembered };
  const whole = { rule: 'visit', match: {}, actions: [call], ...share };
  return askHandler(ports, { event, address } as Claim, call, whole, values satisfies RenderValues);
}

describe('the messages before, as a handler lists them', () => {
  const indexes = async (count?: number) => {
    const messages = await asked().history.list(count);
    return messages.map(({ index }) => index);
  };

  it('are the newest, the newest first, no more than it wants', async () => {
    expect(await indexes(3)).toEqual([250, 249, 248]);
    expect(listed).toEqual([{ Order: 'desc', PageSize: 3, timeoutMs: 5_000 }]);
  });

  it.each([
    ['twenty where it does not say', undefined, 20],
    ['a hundred at most', 101, 100],
    ['one at least', -1, 1],
    ['one where it wants none', 0, 1],
    ['one where it wants what is no number', Number.NaN, 1],
    ['whole ones', 2.9, 2],
  ])('are %s', async (_, count, length) => {
    expect(await indexes(count)).toHaveLength(length);
  });

  it('are all there are where it wants more', async () => {
    written = [resource(2), resource(1)];
    expect(await indexes(3)).toEqual([2, 1]);
  });

  it('have the fields that are promised, and no others', async () => {
    expect(await asked().history.list(1)).toEqual([
      {
        sid: resource(250).sid,
        index: 250,
        author: '+15550100001',
        body: 'message 250',
        participant_sid: null,
        date_created: '2026-11-20T22:30:00Z',
        attributes: '{}',
      },
    ]);
  });
});

describe('a message that a handler asks for', () => {
  const sid = `IM${'c'.repeat(32)}`;

  it('is what Twilio has under that SID', async () => {
    const message = await asked().history.fetch(sid);
    expect(message).toMatchObject({ sid, body: 'message 7' });
    expect(message).not.toHaveProperty('account_sid');
  });

  it('is undefined when it is gone', async () => {
    fetchFails = new NotFoundError({ status: 404 });
    expect(await asked().history.fetch(sid)).toBeUndefined();
  });

  it('is not taken for gone when Twilio fails', async () => {
    fetchFails = new ServerError({ status: 503 });
    await expect(asked().history.fetch(sid)).rejects.toBe(fetchFails);
  });
});

describe('what a handler reads', () => {
  it('is its own conversation, and whoever wrote there', async () => {
    const event = messageAdded();
    expect(await asked(event).conversation()).toMatchObject({ friendly_name: 'Visit' });
    expect(await asked(event).participant()).toMatchObject({ identity: null });
    expect(readOf).toEqual([address, event.ParticipantSid]);
  });

  it.each<[string, ConversationEvent]>([
    ['an event is about nobody', conversationAdded()],
    ['no participant wrote it', (({ ParticipantSid: _, ...event }) => event)(messageAdded())],
  ])('is no participant where %s', async (_, event) => {
    expect(await asked(event).participant()).toBeUndefined();
    expect(readOf).toEqual([]);
  });
});

describe('a handler', () => {
  it('is given what is remembered, or nothing where nothing is', () => {
    expect(asked(messageAdded(), {}, { day: 'Monday' }).memory).toEqual({ day: 'Monday' });
    expect(asked().memory).toEqual({});
  });

  // A word by which a customer comes back to the bot must not be taken for one of them.
  it('is asked with the keywords of the file', () => {
    expect(asked().keywords).toEqual(['hours', 'open']);
  });

  const text: ReplyAction = { kind: 'text', Body: ['And more.'], split: false };
  it.each<[string, Partial<Share>, string | undefined]>([
    ['nothing', {}, undefined],
    ['nothing where it comes last', { actions: [text, call] }, undefined],
    ['other actions of its rule', { actions: [call, text] }, 'actions'],
    ['the rules below', { continues: true }, 'continue'],
  ])('is told that behind it comes %s', (_, share, goesOn) => {
    expect(asked(messageAdded(), share).goesOn).toBe(goesOn);
  });

  it('is found in the log by its rule and the message, where there is one', () => {
    const event = messageAdded();
    expect(asked(event).fields).toEqual({ ...address, rule: 'visit', messageSid: event.MessageSid });
    expect(asked(conversationAdded()).fields).toEqual({ ...address, rule: 'visit' });
  });
});
