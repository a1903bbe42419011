import { describe, expect, it } from 'vitest';
import { answeredEvents, GIVE_BACK_EVENTS, webhookEvents } from '../../lib/rules/answered-events.ts';
import { bookOf, bookWith } from './support.ts';

const NEVER_QUIET = { quietAfterPersonMs: 0 };

describe('answeredEvents', () => {
  it('is what the rules wait for', () => {
    const joined = bookWith('{ event: [onParticipantAdded, onConversationAdded] }');
    expect([...answeredEvents({ ...joined, ...NEVER_QUIET })].sort()).toEqual([
      'onConversationAdded',
      'onParticipantAdded',
    ]);
    expect([...answeredEvents({ ...bookWith('{ keyword: hi }'), ...NEVER_QUIET })]).toEqual([
      'onMessageAdded',
    ]);
  });

  it('has messages in it when there is an answer otherwise', () => {
    const book = bookOf('version: 1\nrules: []\notherwise: { text: x }\n');
    expect([...answeredEvents({ ...book, ...NEVER_QUIET })]).toEqual(['onMessageAdded']);
    expect([...answeredEvents(bookOf('version: 1\nrules: []\n'))]).toEqual([]);
  });

  it('has in it what gives a conversation back, where a person’s message or a rule may silence the bot', () => {
    const all = ['onMessageAdded', ...GIVE_BACK_EVENTS];
    expect([...answeredEvents(bookWith('{ keyword: hi }'))]).toEqual(all);
    expect([
      ...answeredEvents({ ...bookWith('{ keyword: hi }', '{ handover: true }'), ...NEVER_QUIET }),
    ]).toEqual(all);
    const asks = bookOf(`version: 1
rules:
  - { id: ask, when: { keyword: hi }, then: { text: Which?, wait: 1d }, otherwise: { handover: true } }
  - { id: took, when: { after: ask, answer: number }, then: { text: x } }
`);
    expect([...answeredEvents({ ...asks, ...NEVER_QUIET })]).toEqual(all);
  });
});

describe('webhookEvents', () => {
  it('is what is answered and, whatever the rules say, receipts, in Twilio’s order', () => {
    expect(webhookEvents(bookWith('{ event: [onParticipantAdded, onMessageAdded] }'))).toEqual([
      'onMessageAdded',
      'onConversationUpdated',
      'onConversationStateUpdated',
      'onParticipantAdded',
      'onParticipantRemoved',
      'onDeliveryUpdated',
    ]);
    expect(webhookEvents(bookOf('version: 1\nrules: []\n'))).toEqual(['onDeliveryUpdated']);
  });
});
