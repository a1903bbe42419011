import { describe, expect, it } from 'vitest';
import { CHANNELS } from '../../lib/event/channels.ts';
import {
  cameByChannel,
  cameIn,
  isKnownSource,
  readChannel,
  showsChannel,
} from '../../lib/event/read-channel.ts';
import { conversationAdded, messageAdded, participantAdded } from '../rules/support.ts';

describe('readChannel', () => {
  it.each([
    ['whatsapp:+15550100001', 'SMS', 'whatsapp'],
    ['+15550100001', undefined, 'sms'],
    ['+15550100001', 'WHATSAPP', 'sms'],
    ['+15550100001', 'RCS', 'rcs'],
    ['+15550100001', 'MMS', 'sms'],
    ['+15550100001', 'SDK', 'chat'],
    ['ada', 'SDK', 'chat'],
    ['ada', undefined, 'chat'],
    ['55512', 'SMS', 'sms'],
    ['55512', 'sms', 'sms'],
    ['55512', 'WhatsApp', 'whatsapp'],
    ['+15550100001', 'SDK', 'chat'],
    ['+15550100001', 'Chat', 'chat'],
    ['sms:+15550100001', 'SDK', 'sms'],
    ['rcs:brand_agent', undefined, 'rcs'],
    ['messenger:102345678901', undefined, 'messenger'],
    ['email:ana@example.com', undefined, 'other'],
    ['apple:urn:mbid:AQAA', undefined, 'other'],
    ['gbm:conversations/1', undefined, 'other'],
    ['viber:ana', undefined, 'chat'],
    ['whatsapp:', undefined, 'chat'],
    ['my whatsapp:+15550100001', undefined, 'chat'],
    ['55512', 'MMS', 'sms'],
    ['brand', 'RCS', 'rcs'],
    ['1023', 'MESSENGER', 'messenger'],
    ['ana', 'A_CHANNEL_OF_TOMORROW', 'other'],
    ['ana', 'API', 'chat'],
    ['ana', '', 'chat'],
    ['+12', undefined, 'sms'],
    ['+1', undefined, 'chat'],
    ['+155501000010000', undefined, 'sms'],
    ['+0155', undefined, 'chat'],
    ['+1555010000100000', undefined, 'chat'],
    ['+1555 0100001', undefined, 'chat'],
    ['me+15550100001', undefined, 'chat'],
    ['', undefined, 'chat'],
  ])('says that author %j with Source %j writes by %s: %s', (Author, Source, channel) => {
    const { Source: _, ...event } = messageAdded({ Author });
    expect(readChannel(Source === undefined ? event : { ...event, Source })).toBe(channel);
  });

  it('reads the binding of a participant', () => {
    expect(readChannel(participantAdded({ 'MessagingBinding.Address': ['whatsapp:+15550100001'] }))).toBe(
      'whatsapp',
    );
    expect(readChannel(participantAdded({ 'MessagingBinding.Type': 'SMS' }))).toBe('sms');
    expect(readChannel(participantAdded({ Identity: 'ada', 'MessagingBinding.Type': 'CHAT' }))).toBe('chat');
  });

  it('takes everything else for a chat', () => {
    const { EventType: _, ...fields } = messageAdded();
    expect(readChannel({ ...fields, EventType: 'onMessageRemoved', DateUpdated: fields.DateCreated })).toBe(
      'chat',
    );
  });

  it('names the channels that rules can name, and one for all others', () => {
    expect(CHANNELS).toEqual(['whatsapp', 'sms', 'rcs', 'messenger', 'chat']);
  });

  it('reads the Source of a conversation that names no address', () => {
    expect(readChannel(conversationAdded({ Source: 'SMS' }))).toBe('sms');
  });

  it('reads the binding of a conversation', () => {
    expect(readChannel(conversationAdded({ 'MessagingBinding.Address': ['+15550100001'] }))).toBe('sms');
    expect(readChannel(conversationAdded())).toBe('chat');
  });
});

describe('whether somebody came by a channel', () => {
  it.each([
    ['55512', 'SMS', true],
    ['ada', 'A_CHANNEL_OF_TOMORROW', true],
    ['ada', 'SDK', false],
    ['ada', 'chat', false],
    ['55512', 'API', undefined],
    ['55512', '', undefined],
    ['whatsapp:+15550100001', 'API', true],
  ])('is told by author %j and Source %j: %s', (Author, Source, expected) => {
    expect(cameByChannel(messageAdded({ Author, Source }))).toBe(expected);
  });

  it('is not told by an event that says nothing of it', () => {
    expect(cameByChannel(participantAdded())).toBeUndefined();
    const { EventType: _, ...fields } = messageAdded();
    const removed = { ...fields, EventType: 'onMessageRemoved', DateUpdated: fields.DateCreated } as const;
    expect(cameByChannel(removed)).toBeUndefined();
  });
});

describe('a message came in', () => {
  it.each([
    ['SMS', true],
    ['sdk', true],
    ['', true],
    ['API', false],
    ['api', false],
    [undefined, false],
  ])('where its Source is %j: %s', (Source, expected) => {
    expect(cameIn(Source === undefined ? {} : { Source })).toBe(expected);
  });
});

describe('somebody is seen to come by a channel', () => {
  const { ParticipantSid: _, Source: __, ...stranger } = messageAdded({ Author: '+15550100001' });

  it('in a message of whoever takes part, or that came in', () => {
    expect(showsChannel(messageAdded({ Author: '+15550100001', Source: 'API' }))).toBe(true);
    expect(showsChannel({ ...stranger, Source: 'SMS' })).toBe(true);
  });

  it('not in one that a program may have posted under a number', () => {
    expect(showsChannel({ ...stranger, Source: 'API' })).toBe(false);
    expect(showsChannel(stranger)).toBe(false);
  });

  it('not in one that was written on chat, or of which nobody knows', () => {
    expect(showsChannel(messageAdded({ Author: 'ana', Source: 'SDK' }))).toBe(false);
    expect(showsChannel(messageAdded({ Author: '55512', Source: 'API' }))).toBe(false);
  });

  it('when they join, or begin a conversation, by an address', () => {
    const address = { 'MessagingBinding.Address': ['whatsapp:+15550100001'] };
    expect(showsChannel(participantAdded(address))).toBe(true);
    expect(showsChannel(conversationAdded(address))).toBe(true);
    expect(showsChannel(participantAdded({ Identity: 'ana' }))).toBe(false);
  });
});

describe('a Source', () => {
  it.each(['API', 'api', 'SMS', 'mms', 'WhatsApp', 'RCS', 'MESSENGER', 'CHAT', 'sdk'])(
    'such as %s is known',
    (source) => {
      expect(isKnownSource(source)).toBe(true);
    },
  );

  it.each(['', 'EMAIL', 'SMS ', 'A_CHANNEL_OF_TOMORROW'])('such as %j is not', (source) => {
    expect(isKnownSource(source)).toBe(false);
  });
});
