import type { MessageAdded } from '../../event/event-types.ts';
import type { Condition } from '../match/conditions/condition.ts';
import { CONDITIONS } from '../match/conditions/conditions.ts';
import { type Facts, readFacts } from '../match/read-facts.ts';
import { type Candidate, candidates } from '../match/rule-index.ts';
import type { RuleBook, When } from '../types.ts';
import { OF_WORDS } from './relate-conditions.ts';

/** Somebody writes; when, and by which channel, is never asked here. */
const MESSAGE: MessageAdded = {
  EventType: 'onMessageAdded',
  AccountSid: `AC${'0'.repeat(32)}`,
  ChatServiceSid: `IS${'0'.repeat(32)}`,
  ConversationSid: `CH${'0'.repeat(32)}`,
  MessageSid: `IM${'0'.repeat(32)}`,
  ParticipantSid: `MB${'0'.repeat(32)}`,
  DateCreated: '2026-01-01T00:00:00.000Z',
  Index: 1,
  Author: 'whatsapp:+15550100000',
  Body: '',
  Media: [],
  Attributes: {},
  Source: 'WHATSAPP',
};

/**
 * What conditions see of a message with these words.
 * @param question the rule whose question is open
 */
export function factsOf(book: RuleBook, words: string, question: string | undefined): Facts {
  const memory = question === undefined ? {} : { question: { rule: question, index: 0, at: 0, misses: 0 } };
  const read = { participant: null, conversation: null };
  return readFacts({ ...MESSAGE, Body: words }, book, { memory, at: 0, read });
}

/** The rules that the words of a message can match, in the order of the book, whatever else they ask for. */
export function* rulesFor(book: RuleBook, facts: Facts): Generator<Candidate> {
  for (const one of candidates(book, facts)) if (takesWords(one.when, facts)) yield one;
}

/** Whether the words of a message are all that the conditions ask of words. */
export function takesWords(when: When, facts: Facts): boolean {
  return OF_WORDS.every((name) => when[name] === undefined || ofWords(name).holds(when[name], facts, ''));
}

/** Why the words of a message are taken. */
export function whyTaken(when: When, facts: Facts): string {
  const reasons = OF_WORDS.flatMap((name) =>
    when[name] === undefined ? [] : [ofWords(name).yes(when[name], facts, '')],
  );
  return reasons.join(' and ') || 'it takes whatever is written';
}

function ofWords(name: (typeof OF_WORDS)[number]): Condition<unknown> {
  return CONDITIONS[name] as Condition<unknown>;
}
