import { describe, expect, it } from 'vitest';
import { conversationAdded, messageAdded, participantAdded } from '../../support.ts';
import { ask, compiled, holds, problemsOf } from './ask.ts';

describe('event', () => {
  it('is a message where a rule names none', () => {
    expect(compiled('{}')?.event).toEqual(['onMessageAdded']);
    expect(holds('{}', 'hi')).toBe(true);
    expect(holds('{}', participantAdded())).toBe(false);
  });

  it.each([
    ['onMessageAdded', messageAdded()],
    ['onParticipantAdded', participantAdded()],
    ['onConversationAdded', conversationAdded()],
  ])('holds on %s, and not on the others', (name, event) => {
    expect(holds(`{ event: ${name} }`, event)).toBe(true);
    for (const other of [messageAdded(), participantAdded(), conversationAdded()])
      expect(holds(`{ event: ${name} }`, other)).toBe(other.EventType === name);
    expect(holds('{ event: [onMessageAdded, onParticipantAdded, onConversationAdded] }', event)).toBe(true);
  });

  it('says which event it is, and which ones the rule is for', () => {
    expect(ask('{ event: onParticipantAdded }', participantAdded())?.why).toBe(
      'event: this is onParticipantAdded',
    );
    expect(ask('{ event: onParticipantAdded }', 'x')?.why).toBe(
      'event: this is onMessageAdded, the rule is for onParticipantAdded',
    );
  });

  it.each([
    ['onMessageAdd', 'onMessageAdd comes before anything is there to answer. Did you mean "onMessageAdded"?'],
    [
      'onMessageUpdated',
      'onMessageUpdated cannot be answered: receipts, updates, removals and state changes may follow from our own replies, which would then answer themselves. Allowed: onMessageAdded, onConversationAdded, onParticipantAdded.',
    ],
    [
      'onMesageAdded',
      '"onMesageAdded" is not an event. Allowed: onMessageAdded, onConversationAdded, onParticipantAdded. Did you mean "onMessageAdded"?',
    ],
    ['[]', 'This list is empty. Give at least one item, or leave the key out.'],
  ])('refuses %s', (event, problem) => {
    expect(problemsOf(`{ event: ${event} }`)).toEqual([problem]);
  });
});
