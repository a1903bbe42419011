import { describe, expect, it } from 'vitest';
import { readChannel } from '../../lib/event/read-channel.ts';
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

  it('reads the binding of a conversation', () => {
    expect(readChannel(conversationAdded({ 'MessagingBinding.Address': ['+15550100001'] }))).toBe('sms');
    expect(readChannel(conversationAdded())).toBe('chat');
  });
});
