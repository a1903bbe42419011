import type { ConversationEvent, EventOf, MessageAdded } from '../../lib/event/event-types.ts';
import { compileRules } from '../../lib/rules/compile/compile-rules.ts';
import { formatProblem } from '../../lib/rules/compile/problem.ts';
import { decide } from '../../lib/rules/decide.ts';
import type { Decision, RuleBook } from '../../lib/rules/types.ts';

const COMMON = {
  AccountSid: `AC${'a'.repeat(32)}`,
  ChatServiceSid: `IS${'a'.repeat(32)}`,
  ConversationSid: `CH${'a'.repeat(32)}`,
  DateCreated: '2026-11-20T22:30:00.000Z',
};

/** A customer's message on WhatsApp. */
export function messageAdded(fields: Partial<MessageAdded> = {}): MessageAdded {
  return {
    ...COMMON,
    EventType: 'onMessageAdded',
    MessageSid: `IM${'a'.repeat(32)}`,
    ParticipantSid: `MB${'a'.repeat(32)}`,
    Index: 0,
    Author: 'whatsapp:+15550100001',
    Body: '',
    Media: [],
    Attributes: {},
    Source: 'WHATSAPP',
    ...fields,
  };
}

export function participantAdded(
  fields: Partial<EventOf<'onParticipantAdded'>> = {},
): EventOf<'onParticipantAdded'> {
  return {
    ...COMMON,
    EventType: 'onParticipantAdded',
    ParticipantSid: `MB${'b'.repeat(32)}`,
    Attributes: {},
    ...fields,
  };
}

export function conversationAdded(
  fields: Partial<EventOf<'onConversationAdded'>> = {},
): EventOf<'onConversationAdded'> {
  return { ...COMMON, EventType: 'onConversationAdded', Attributes: {}, ...fields };
}

/** What is decided where Twilio, asked, knows neither the participant nor the conversation. */
export function decideOn(book: RuleBook, event: ConversationEvent): Decision {
  const decided = decide(book, event, {}, undefined, { participant: null, conversation: null });
  if (decided.outcome === 'read') throw new Error('It asks for what has been read.');
  return decided;
}

/** What a rules file compiles to; fails with its problems. */
export function bookOf(yaml: string): RuleBook {
  const compiled = compileRules(yaml);
  if (!compiled.ok) throw new Error(compiled.problems.map(formatProblem).join('\n'));
  return compiled.book;
}

/** A book with one rule: `when` and `then` in YAML's flow style. */
export function bookWith(when: string, then = '{ text: yes }'): RuleBook {
  return bookOf(`version: 1\nrules:\n  - id: rule\n    when: ${when}\n    then: ${then}\n`);
}

/** The problems of a rules file as `parley rules check` prints them. */
export function problemsOf(yaml: string): readonly string[] {
  const compiled = compileRules(yaml);
  return compiled.ok ? [] : compiled.problems.map(formatProblem);
}
