import { describe, expect, it } from 'vitest';
import { answeredEvents } from '../../lib/rules/answered-events.ts';
import { bookOf, bookWith } from './support.ts';

describe('answeredEvents', () => {
  it('is what the rules wait for', () => {
    expect(
      [...answeredEvents(bookWith('{ event: [onParticipantAdded, onConversationAdded] }'))].sort(),
    ).toEqual(['onConversationAdded', 'onParticipantAdded']);
    expect([...answeredEvents(bookWith('{ keyword: hi }'))]).toEqual(['onMessageAdded']);
  });

  it('has messages in it when there is an answer otherwise', () => {
    expect([...answeredEvents(bookOf('version: 1\nrules: []\notherwise: { text: x }\n'))]).toEqual([
      'onMessageAdded',
    ]);
    expect([...answeredEvents(bookOf('version: 1\nrules: []\n'))]).toEqual([]);
  });
});
