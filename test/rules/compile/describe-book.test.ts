import { describe, expect, it } from 'vitest';
import { describeBook, showBook } from '../../../lib/rules/compile/describe-book.ts';
import { bookOf } from '../support.ts';
import { fileOf } from './findings.ts';

const BOOK = bookOf(
  fileOf(
    [
      '{ id: night, when: { closed: h, once: 12h }, then: { text: Closed., continue: true } }',
      '{ id: sms, when: { keyword: hi, channel: sms }, then: [{ text: a }, { text: b }] }',
      '{ id: ask, when: { keyword: ask }, then: { text: Q?, wait: 2h } }',
      "{ id: a, when: { after: ask, answer: number }, then: [{ remember: { order: '{{ answer }}' } }, { text: x }] }",
      '{ id: joined, when: { event: onParticipantAdded }, then: { text: x } }',
    ],
    'hours: { h: { mon: 09:00-17:00 } }\nquiet_after_person: 0\n',
  ),
);

describe('what follows from a book', () => {
  it('is which events Twilio must send, what is remembered, and what one message may cost', () => {
    const { events, remembers, costs } = describeBook(BOOK);
    expect(events).toEqual(['onMessageAdded', 'onParticipantAdded', 'onDeliveryUpdated']);
    expect(remembers).toEqual({ values: ['order'], questions: { ask: '2h' }, once: 1, for: '30d' });
    expect(costs[0]).toEqual({ rule: 'sms', messages: { sms: 3 } });
    expect(costs.find(({ rule }) => rule === 'joined')?.messages).toMatchObject({ whatsapp: 1, chat: 1 });
  });

  it('is said in three lines', () => {
    expect(showBook(describeBook(BOOK))).toEqual([
      'The most messages that one message can cost: sms 3 (sms), ask 2, a 2 ….',
      `Remembered of a conversation: order; the open question (ask 2h); when 1 rule with "once" last spoke; until 30d after the customer's last message.`,
      'Twilio must send: --data-urlencode "Filters=onMessageAdded" --data-urlencode "Filters=onParticipantAdded" --data-urlencode "Filters=onDeliveryUpdated"',
    ]);
  });

  it('is nothing but receipts where there are no rules', () => {
    expect(showBook(describeBook(bookOf('version: 1\nrules: []\n')))).toEqual([
      'The most messages that one message can cost: none.',
      'Remembered of a conversation: nothing.',
      'Twilio must send: --data-urlencode "Filters=onDeliveryUpdated"',
    ]);
  });

  it('has the events that give a conversation back where the book hands over', () => {
    const book = bookOf(
      fileOf(
        ['{ id: a, when: { keyword: a }, then: [{ text: x }, { handover: true }] }'],
        'quiet_after_person: 0\n',
      ),
    );
    expect(describeBook(book).events).toEqual([
      'onMessageAdded',
      'onConversationUpdated',
      'onConversationStateUpdated',
      'onParticipantRemoved',
      'onDeliveryUpdated',
    ]);
  });
});
