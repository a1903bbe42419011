import { describe, expect, it } from 'vitest';
import { answeredEvents } from '../../lib/rules/answered-events.ts';
import type { RuleBook } from '../../lib/rules/types.ts';
import { bookOf, bookWith } from './support.ts';

const GIVE_BACK = ['onConversationStateUpdated', 'onConversationUpdated', 'onParticipantRemoved'];

/** Where nobody can silence the bot, nobody has to give a conversation back. */
const neverQuiet = (book: RuleBook): RuleBook => ({ ...book, quietAfterPersonMs: 0 });
const eventsOf = (book: RuleBook) => [...answeredEvents(book)].toSorted();

describe('answeredEvents', () => {
  it('is what the rules wait for', () => {
    const book = bookWith('{ event: [onParticipantAdded, onConversationAdded] }');
    expect(eventsOf(neverQuiet(book))).toEqual(['onConversationAdded', 'onParticipantAdded']);
    expect(eventsOf(neverQuiet(bookWith('{ keyword: hi }')))).toEqual(['onMessageAdded']);
  });

  it('has messages in it when there is an answer otherwise', () => {
    const book = bookOf('version: 1\nrules: []\notherwise: { text: x }\n');
    expect(eventsOf(neverQuiet(book))).toEqual(['onMessageAdded']);
    expect(eventsOf(bookOf('version: 1\nrules: []\n'))).toEqual([]);
  });

  it('has in it what gives a conversation back, where a person who writes silences the bot', () => {
    expect(eventsOf(bookWith('{ keyword: hi }'))).toEqual([
      'onConversationStateUpdated',
      'onConversationUpdated',
      'onMessageAdded',
      'onParticipantRemoved',
    ]);
  });

  it('has it where a rule hands the conversation over, whatever the quiet', () => {
    const then = '[{ text: Somebody will write to you. }, { handover: true }]';
    expect(eventsOf(neverQuiet(bookWith('{ keyword: hi }', then)))).toEqual(
      expect.arrayContaining(GIVE_BACK),
    );
  });
});
