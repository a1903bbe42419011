import { describe, expect, it } from 'vitest';
import type { ConversationEvent, EventOf } from '../../lib/event/event-types.ts';
import { certainEvent, vouchedEvent } from '../../lib/history/certain-event.ts';
import type { ReadConversation, ReadParticipant } from '../../lib/history/read-from-twilio.ts';
import { RetryError } from '../../lib/retry-error.ts';
import type { MessageResource } from '../../lib/twilio/messages.ts';
import { NotFoundError, ServerError } from '../../lib/twilio/twilio-errors.ts';
import { messageAdded } from '../rules/support.ts';

const address = { serviceSid: `IS${'1'.repeat(32)}`, conversationSid: `CH${'1'.repeat(32)}` };
const joined: EventOf<'onParticipantAdded'> = {
  EventType: 'onParticipantAdded',
  AccountSid: `AC${'1'.repeat(32)}`,
  ChatServiceSid: address.serviceSid,
  ConversationSid: address.conversationSid,
  ParticipantSid: `MB${'1'.repeat(32)}`,
  DateCreated: '2026-11-20T09:30:00.250Z',
  Identity: 'forged',
  'MessagingBinding.Address': ['+15550199999'],
  'MessagingBinding.AuthorAddress': '+15550199999',
  'MessagingBinding.ProjectedAddress': '+15550199999',
  'MessagingBinding.ProxyAddress': '+15550199999',
  'MessagingBinding.Type': 'forged',
  RoleSid: `RL${'9'.repeat(32)}`,
  Source: 'API',
  Attributes: { name: 'forged' },
};
const { ParticipantSid, EventType, AccountSid, ChatServiceSid, ConversationSid, DateCreated } = joined;
const certain = { ParticipantSid, EventType, AccountSid, ChatServiceSid, ConversationSid, DateCreated };

function readBack(participant: ReadParticipant | undefined, receiveCount = 1) {
  const never = () => Promise.reject(new Error('not asked for'));
  const read = { participant: async () => participant, conversation: never, role: never };
  return certainEvent({ fetch: never, read }, address, joined, receiveCount);
}

describe('a participant whose webhook is doubtful', () => {
  // A signed string cut elsewhere gave the reply another address to greet.
  it('has nothing but what Twilio says, its addresses included', async () => {
    const binding = { type: 'sms', address: '+15550100001' };
    const told = { identity: null, attributes: '{"name":"Amara"}', messaging_binding: binding };
    expect(await readBack(told)).toEqual({
      ...certain,
      Attributes: { name: 'Amara' },
      'MessagingBinding.Address': ['+15550100001'],
      'MessagingBinding.Type': 'sms',
    });
  });

  it('has an identity and no address on chat', async () => {
    const told = { identity: 'amara', attributes: null, messaging_binding: null };
    expect(await readBack(told)).toEqual({ ...certain, Attributes: {}, Identity: 'amara' });
    expect(await readBack({ ...told, messaging_binding: { type: null, address: null } })).toEqual({
      ...certain,
      Attributes: {},
      Identity: 'amara',
    });
  });

  it('is good for its SIDs and its date alone, where they are gone', () => {
    expect(vouchedEvent(joined, address)).toEqual({ ...certain, Attributes: {} });
  });

  it('has the role that Twilio says', async () => {
    const told = {
      identity: 'amara',
      attributes: null,
      messaging_binding: null,
      role_sid: `RL${'1'.repeat(32)}`,
    };
    expect(await readBack(told)).toMatchObject({ RoleSid: told.role_sid });
  });

  // A read that lagged behind its webhook had the event recorded as gone for good.
  it('is waited for while Twilio does not show it yet, and then it is nobody', async () => {
    for (const receiveCount of [1, 2, 3, 4]) {
      const error = await readBack(undefined, receiveCount).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(RetryError);
      expect(error).toMatchObject({ reason: 'read_lags', delayMs: 2_000 });
    }
    expect(await readBack(undefined, 5)).toBeUndefined();
  });
});

describe('what Twilio does not show at the fifth delivery', () => {
  // The four before it may have failed for other reasons: one 404 of a read that lagged recorded it gone for good.
  it('is looked for once more, two seconds later', async () => {
    const slept: number[] = [];
    const found = { identity: 'amara', attributes: null, messaging_binding: null };
    const never = () => Promise.reject(new Error('not asked for'));
    const readAt = (answers: (ReadParticipant | undefined)[]) => {
      const read = { participant: async () => answers.shift(), conversation: never };
      const sleep = async (ms: number) => void slept.push(ms);
      return certainEvent({ fetch: never, read }, address, joined, 5, sleep);
    };
    expect(await readAt([undefined, found])).toMatchObject({ Identity: 'amara' });
    expect(await readAt([undefined, undefined])).toBeUndefined();
    expect(await readAt([found])).toMatchObject({ Identity: 'amara' });
    expect(slept).toEqual([2_000, 2_000]);
  });
});

describe('a message whose webhook is doubtful', () => {
  const heard = messageAdded({ Author: 'forged', Body: 'forged', Source: 'API' });
  const resource = {
    sid: heard.MessageSid,
    index: 7,
    author: 'ana',
    body: 'hello',
    attributes: '{}',
    date_created: heard.DateCreated,
    participant_sid: null,
    media: null,
  } as MessageResource;
  const { Source: _, ...unsourced } = heard;
  const never = () => Promise.reject(new Error('not asked for'));
  const read = { participant: never, conversation: never };
  const readAs = (source: { readonly Source?: string }) =>
    certainEvent({ fetch: async () => resource, read }, address, { ...unsourced, ...source }, 1);

  it('has nothing but what Twilio says beside its SID, its date and how it was written', async () => {
    const forged = {
      ...heard,
      Attributes: { parley: {} },
      Media: [{ Sid: `ME${'9'.repeat(32)}`, ContentType: 'image/png' }],
      Index: 3,
    };
    const told = { ...resource, attributes: '{"tier":"gold"}', participant_sid: ParticipantSid };
    const certainly = await certainEvent({ fetch: async () => told, read }, address, forged, 1);
    expect(certainly).toStrictEqual({
      ...{ EventType: heard.EventType, AccountSid: heard.AccountSid, ChatServiceSid, ConversationSid },
      ...{ MessageSid: heard.MessageSid, DateCreated: heard.DateCreated, Source: 'API' },
      ...{ Index: 7, Author: 'ana', Body: 'hello', ParticipantSid, Media: [], Attributes: { tier: 'gold' } },
    });
  });

  // A program's post in a participant's name lost its Source API, and was answered.
  it.each(['API', 'api', 'SDK', 'WHATSAPP', 'sms'])(
    'keeps the Source %s, which REST does not tell',
    async (Source) => {
      expect(await readAs({ Source })).toMatchObject({ Author: 'ana', Body: 'hello', Source });
    },
  );

  it.each(['SDKBody', 'A_CHANNEL_OF_TOMORROW', ''])(
    'loses the Source %j, which may be half a word',
    async (Source) => {
      expect(await readAs({ Source })).not.toHaveProperty('Source');
    },
  );

  it('has no Source where the webhook had none', async () => {
    expect(await readAs({})).not.toHaveProperty('Source');
  });

  // Cause: what is read is dated in whole seconds, and a person seemed to have written before the word that they wrote after.
  it('was written when the webhook says, where that is in the second that Twilio says', async () => {
    const readOf = async (DateCreated: string, date_created: string) => {
      const fetch = async () => ({ ...resource, date_created });
      return certainEvent({ fetch, read }, address, { ...heard, DateCreated }, 1);
    };
    const DateCreated = '2026-11-20T22:30:05.800Z';
    expect(await readOf(DateCreated, '2026-11-20T22:30:05Z')).toMatchObject({ DateCreated });
    const other = '2026-11-20T22:30:06Z';
    expect(await readOf(DateCreated, other)).toMatchObject({ DateCreated: '2026-11-20T22:30:06.000Z' });
  });

  // Only what Twilio says is not there is gone; what cannot be read now must not be recorded as such.
  it('leaves nothing of who wrote and what, where it is gone', () => {
    const { EventType, AccountSid, DateCreated, MessageSid, Index } = heard;
    const sids = { AccountSid, ChatServiceSid, ConversationSid, MessageSid };
    expect(vouchedEvent(heard, address)).toStrictEqual({
      ...{ EventType, ...sids, Index, DateCreated },
      ...{ Author: 'system', Body: '', Media: [], Attributes: {} },
    });
  });

  it('is nothing once Twilio has it no more, and an error where it cannot be read', async () => {
    const readWith = (error: Error) =>
      certainEvent({ fetch: () => Promise.reject(error), read }, address, heard, 5);
    const [gone, failed] = [new NotFoundError({ status: 404 }), new ServerError({ status: 500 })];
    expect(await readWith(gone)).toBeUndefined();
    await expect(readWith(failed)).rejects.toBe(failed);
  });
});

describe('a conversation whose webhook is doubtful', () => {
  const begun: EventOf<'onConversationAdded'> = {
    ...{ EventType: 'onConversationAdded', AccountSid, ConversationSid, DateCreated },
    ChatServiceSid: address.serviceSid,
    ...{ FriendlyName: 'forged', UniqueName: 'forged', Source: 'forged', Attributes: 'forged' },
  };
  const { FriendlyName: _, UniqueName: __, Source: ___, ...certainly } = begun;
  const readAs = (conversation: ReadConversation | undefined) => {
    const never = () => Promise.reject(new Error('not asked for'));
    const read = { participant: never, conversation: async () => conversation };
    return certainEvent({ fetch: never, read }, address, begun, 5);
  };

  it('has the names that Twilio says, or none', async () => {
    const named = { attributes: '{"tier":"gold"}', friendly_name: 'Order 12345', unique_name: 'order-12345' };
    expect(await readAs(named)).toEqual({
      ...certainly,
      Attributes: { tier: 'gold' },
      FriendlyName: 'Order 12345',
      UniqueName: 'order-12345',
    });
    expect(await readAs({ attributes: null, friendly_name: null, unique_name: '' })).toEqual({
      ...certainly,
      Attributes: {},
    });
  });

  it('has the state and the messaging service that Twilio says', async () => {
    const MessagingServiceSid = `MG${'1'.repeat(32)}`;
    const told = { attributes: null, state: 'inactive', messaging_service_sid: MessagingServiceSid };
    expect(await readAs(told)).toEqual({
      ...certainly,
      ...{ Attributes: {}, State: 'inactive', MessagingServiceSid },
    });
  });

  it('is left as it is where it is gone: then nothing of it matters', () => {
    expect(vouchedEvent(begun, address)).toBe(begun);
  });

  it('is nothing once Twilio has it no more', async () => {
    expect(await readAs(undefined)).toBeUndefined();
  });
});

describe('what gives a conversation back, in a doubtful webhook', () => {
  const never = () => Promise.reject(new Error('not asked for'));
  const readOf = (resource: ReadConversation | undefined, event: ConversationEvent) => {
    const read = { participant: never, conversation: async () => resource };
    return certainEvent({ fetch: never, read }, address, event, 5);
  };
  const common = { AccountSid, ConversationSid };
  const StateUpdated = '2026-11-20T22:30:00.000Z';

  it('has the conversation’s own Attributes', async () => {
    const event = {
      ...common,
      EventType: 'onConversationUpdated',
      DateCreated,
      Attributes: 'forged',
    } as const;
    const attributes = '{"parley":{"handover":"off"}}';
    expect(await readOf({ attributes }, event)).toMatchObject({
      Attributes: { parley: { handover: 'off' } },
    });
    expect(await readOf(undefined, event)).toBeUndefined();
  });

  it('has the conversation’s own state', async () => {
    const change = { StateFrom: 'active', StateTo: 'closed', StateUpdated };
    const event = { ...common, EventType: 'onConversationStateUpdated', ...change } as const;
    expect(await readOf({ state: 'inactive' }, event)).toMatchObject({ StateTo: 'inactive', StateUpdated });
    expect(await readOf(undefined, event)).toBeUndefined();
  });

  it('is the event itself where somebody left, who cannot be read any more', async () => {
    const event = {
      ...common,
      EventType: 'onParticipantRemoved' as const,
      ParticipantSid,
      DateCreated,
      Attributes: {},
      DateRemoved: StateUpdated,
    };
    expect(await readOf(undefined, event)).toBe(event);
  });
});
