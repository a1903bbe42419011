import { expect, it } from 'vitest';
import { failedCondition } from '../../../lib/rules/match/match-rule.ts';
import { readFacts } from '../../../lib/rules/match/read-facts.ts';
import { bookOf, messageAdded } from '../support.ts';

it.each([
  ['hi', undefined],
  ['hello', 'keyword'],
])('the condition that fails is named, where there is one: %s', (Body, name) => {
  const book = bookOf(
    'version: 1\nrules: [{ id: a, when: { channel: whatsapp, keyword: hi }, then: { text: a } }]\n',
  );
  const facts = readFacts(messageAdded({ Body }), book, { memory: {}, at: 0, read: {} });
  expect(failedCondition(book.rules[0]?.when ?? { event: [] }, facts, 'a')).toBe(name);
});
