import { describe, expect, it } from 'vitest';
import { EVENTS, SERVICE_SID } from '../../events/make.ts';
import { eventParams } from '../../lib/event/event-params.ts';
import type { ConversationEvent } from '../../lib/event/event-types.ts';
import { addressOf, subjectOf } from '../../lib/event/subject.ts';

const sample = (name: string) => EVENTS[name] as ConversationEvent;
const sid = (prefix: string) => prefix + '1'.padStart(32, '0');

describe('what an event is about', () => {
  it.each([
    ['the message, before who wrote it', 'onMessageAdded.sms', sid('IM')],
    ['the participant who joined, before the conversation', 'onParticipantAdded', sid('MB')],
    ['the conversation that began', 'onConversationAdded', sid('CH')],
    ['nothing, of a user', 'onUserAdded', undefined],
    ['nothing, before a conversation exists', 'onConversationAdd', undefined],
  ])('is %s', (_, name, expected) => {
    expect(subjectOf(sample(name))).toBe(expected);
    const params = [...eventParams(sample(name))].map(([key, [value]]) => [key, value]);
    expect(subjectOf(Object.fromEntries(params)), 'by its parameters').toBe(expected);
  });

  it('is not named by an empty parameter', () => {
    expect(subjectOf({ MessageSid: '', ParticipantSid: sid('MB') })).toBe(sid('MB'));
  });
});

describe('where an event happened', () => {
  it('is its conversation in its service', () => {
    const address = { serviceSid: SERVICE_SID, conversationSid: sid('CH') };
    expect(addressOf(sample('onMessageAdded.sms'))).toEqual(address);
    expect(addressOf(sample('onDeliveryUpdated'))).toEqual(address);
  });

  it('is its conversation alone where Twilio leaves the service out', () => {
    const { ChatServiceSid: _, ...homeless } = sample('onMessageAdded.sms');
    expect(addressOf(homeless as ConversationEvent)).toStrictEqual({ conversationSid: sid('CH') });
  });

  it('is not known of a user, or before a conversation exists', () => {
    for (const event of [sample('onUserAdded'), sample('onConversationAdd')]) {
      expect(addressOf(event)).toBeUndefined();
    }
  });
});
