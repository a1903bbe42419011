import { describe, expect, it } from 'vitest';
import { lookUp, type Values } from '../../../lib/rules/render/look-up.ts';
import { conversationAdded, messageAdded, participantAdded } from '../support.ts';

const NOW = Date.UTC(2026, 10, 20, 22, 30, 5, 678);
const MESSAGE: Values = {
  event: messageAdded({ Author: 'whatsapp:+15550100001' }),
  match: { number: '12345', empty: '' },
  now: NOW,
  participant: {
    identity: 'ada',
    attributes: '{"tier":"gold","age":7,"vip":true,"list":[1],"none":null,"empty":""}',
  },
  conversation: { friendly_name: 'Order 1', unique_name: 'order-1', attributes: '{"lang":"en"}' },
};

describe('lookUp', () => {
  it.each([
    ['match.number', '12345'],
    ['author', 'whatsapp:+15550100001'],
    ['participant.sid', `MB${'a'.repeat(32)}`],
    ['participant.address', 'whatsapp:+15550100001'],
    ['participant.identity', 'ada'],
    ['participant.attributes.tier', 'gold'],
    ['participant.attributes.age', '7'],
    ['participant.attributes.vip', 'true'],
    ['conversation.sid', `CH${'a'.repeat(32)}`],
    ['conversation.friendly_name', 'Order 1'],
    ['conversation.unique_name', 'order-1'],
    ['conversation.attributes.lang', 'en'],
    ['now', '2026-11-20T22:30:05Z'],
    ['now.date', '2026-11-20'],
    ['now.time', '22:30'],
  ])('knows %s', (path, value) => {
    expect(lookUp(path, MESSAGE)).toBe(value);
  });

  it.each([
    ['match.other'],
    ['match.empty'],
    ['match.constructor'],
    ['match.__proto__'],
    ['participant.attributes.list'],
    ['participant.attributes.none'],
    ['participant.attributes.empty'],
    ['participant.attributes.toString'],
    ['participant.attributes.__proto__'],
    ['conversation.attributes.hasOwnProperty'],
    ['constructor'],
    ['__proto__.polluted'],
    [''],
  ])('has nothing for %j', (path) => {
    expect(lookUp(path, MESSAGE)).toBeUndefined();
  });

  it('finds what a customer’s record calls constructor, and nothing above it', () => {
    const values = { ...MESSAGE, participant: { attributes: '{"constructor":"acme","__proto__":"x"}' } };
    expect(lookUp('participant.attributes.constructor', values)).toBe('acme');
  });

  it.each([
    ['nothing was read', undefined],
    ['it is not JSON', '{"tier":'],
    ['it is not an object', '"gold"'],
    ['it is null', 'null'],
    ['it is absent', null],
  ])('has no attribute when %s', (_, attributes) => {
    const { participant: _read, ...rest } = MESSAGE;
    const values = attributes === undefined ? rest : { ...rest, participant: { attributes } };
    expect(lookUp('participant.attributes.tier', values)).toBeUndefined();
    expect(lookUp('participant.identity', values)).toBeUndefined();
  });

  it('does not take a message’s own Attributes for those of its author or conversation', () => {
    const event = messageAdded({ Attributes: { tier: 'gold' } });
    const values: Values = { event, match: {}, now: NOW };
    expect(lookUp('participant.attributes.tier', values)).toBeUndefined();
    expect(lookUp('conversation.attributes.tier', values)).toBeUndefined();
    expect(lookUp('conversation.unique_name', values)).toBeUndefined();
    expect(lookUp('conversation.friendly_name', values)).toBeUndefined();
  });

  it('does not take a participant’s Attributes for the conversation’s, nor the other way round', () => {
    const joined: Values = { event: participantAdded({ Attributes: { tier: 'gold' } }), match: {}, now: NOW };
    expect(lookUp('conversation.attributes.tier', joined)).toBeUndefined();
    const began: Values = { event: conversationAdded({ Attributes: { tier: 'gold' } }), match: {}, now: NOW };
    expect(lookUp('participant.attributes.tier', began)).toBeUndefined();
    const bound = conversationAdded({ 'MessagingBinding.Address': ['+15550100001'] });
    expect(lookUp('participant.address', { event: bound, match: {}, now: NOW })).toBeUndefined();
  });

  it('prefers what was read to what the event says', () => {
    const event = participantAdded({ Identity: 'ada', Attributes: { tier: 'gold' } });
    const participant = { identity: 'eve', attributes: '{"tier":"tin"}' };
    const values: Values = { event, match: {}, now: NOW, participant };
    expect(lookUp('participant.identity', values)).toBe('eve');
    expect(lookUp('participant.attributes.tier', values)).toBe('tin');
    const unread = { ...values, participant: { identity: null, attributes: null } };
    expect(lookUp('participant.identity', unread)).toBe('ada');
    expect(lookUp('participant.attributes.tier', unread)).toBe('gold');
  });

  it('has nothing for a participant without an address, or with Attributes that are not an object', () => {
    const values: Values = { event: participantAdded({ Attributes: null }), match: {}, now: NOW };
    expect(lookUp('participant.address', values)).toBeUndefined();
    expect(lookUp('participant.attributes.tier', values)).toBeUndefined();
    const text = { ...values, event: participantAdded({ Attributes: 'gold' }) };
    expect(lookUp('participant.attributes.length', text)).toBeUndefined();
  });

  it('has no address for somebody on a chat', () => {
    expect(
      lookUp('participant.address', { ...MESSAGE, event: messageAdded({ Author: 'ada', Source: 'SDK' }) }),
    ).toBeUndefined();
  });

  it('reads a participant who joined from the event itself', () => {
    const event = participantAdded({
      Identity: 'ada',
      Attributes: { tier: 'gold' },
      'MessagingBinding.Address': ['+15550100001'],
    });
    const values: Values = { event, match: {}, now: NOW };
    expect(lookUp('participant.identity', values)).toBe('ada');
    expect(lookUp('participant.attributes.tier', values)).toBe('gold');
    expect(lookUp('participant.address', values)).toBe('+15550100001');
    expect(lookUp('participant.sid', values)).toBe(`MB${'b'.repeat(32)}`);
    expect(lookUp('author', values)).toBeUndefined();
    expect(lookUp('conversation.friendly_name', values)).toBeUndefined();
  });

  it('reads a conversation that began from the event itself', () => {
    const event = conversationAdded({
      FriendlyName: 'Order 1',
      UniqueName: 'order-1',
      Attributes: { lang: 'en' },
    });
    const values: Values = { event, match: {}, now: NOW };
    expect(lookUp('conversation.friendly_name', values)).toBe('Order 1');
    expect(lookUp('conversation.unique_name', values)).toBe('order-1');
    expect(lookUp('conversation.attributes.lang', values)).toBe('en');
    expect(lookUp('participant.sid', values)).toBeUndefined();
    expect(lookUp('participant.address', values)).toBeUndefined();
  });

  it('has nothing for an event without a conversation', () => {
    const event = {
      EventType: 'onUserAdded',
      AccountSid: 'AC',
      UserSid: 'US',
      Identity: 'ada',
      Attributes: {},
    } as const;
    expect(lookUp('conversation.sid', { event, match: {}, now: NOW })).toBeUndefined();
  });
});
