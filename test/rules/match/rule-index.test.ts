import { describe, expect, it } from 'vitest';
import type { EventOf, MessageAdded } from '../../../lib/event/event-types.ts';
import { readFacts } from '../../../lib/rules/match/read-facts.ts';
import { candidates } from '../../../lib/rules/match/rule-index.ts';
import type { Memory } from '../../../lib/rules/memory.ts';
import type { Rule, RuleBook } from '../../../lib/rules/types.ts';
import { bookOf, messageAdded, participantAdded } from '../support.ts';

/** The rules that are asked, in the order in which they are, of a book with these conditions: `0` is the first. */
function asked(
  conditions: readonly string[],
  event: MessageAdded | EventOf<'onParticipantAdded'>,
  memory: Memory = {},
): string {
  // Each compiled by itself: the check of a whole file refuses what is never reached.
  const rules = conditions.map((when, at) => ({ ...rulesOf(when).at(-1), id: String(at) }) as Rule);
  const book: RuleBook = { version: 1, templates: {}, rules };
  const facts = readFacts(event, book, { memory, at: Date.parse(event.DateCreated), read: {} });
  return [...candidates(book, facts)].map(({ rule }) => rule.id).join(' ');
}

const rulesOf = (when: string) =>
  bookOf(`version: 1
rules:
  - { id: t, when: { keyword: t }, then: { remember: { t: 1 } } }
  - { id: r, when: ${when}, then: { text: x } }
`).rules;

const write = (Body: string, fields = {}) => messageAdded({ Body, ...fields });
const MIXED = [
  '{ channel: sms }',
  '{ keyword: hi }',
  '{ pattern: "^h(?<rest>.{1,9})$" }',
  '{ channel: whatsapp }',
  '{ includes: hi }',
  '{ where: { remembered.t: 1 } }',
  '{ event: onParticipantAdded }',
  '{ event: onMessageAdded }',
  '{ once: 1d, keyword: other }',
  '{ once: 1d, event: onMessageAdded }',
];

describe('the rules that are asked of an event', () => {
  it('stand in the order of the file, whatever they are found by, and those that cannot match are left out', () => {
    expect(asked(MIXED, write('hi'))).toBe('1 2 3 4 7 9');
    expect(asked(MIXED, write('hi'), { values: { t: '1' } })).toBe('1 2 3 4 5 7 9');
    expect(asked(MIXED, write('no', { Author: '+15550100001', Source: 'SMS' }))).toBe('0 7 9');
    expect(asked(MIXED, participantAdded())).toBe('6');
  });

  it('come in their order where many that share a look lie between others', () => {
    const many = Array.from({ length: 40 }, (_, at) => [
      `{ pattern: "^a${at % 2 === 0 ? '' : 'b'}[0-9]$" }`,
      '{ keyword: a1 }',
      `{ channel: ${at % 2 === 0 ? 'whatsapp' : 'sms'} }`,
    ]).flat();
    const all = asked(many, write('a1')).split(' ').map(Number);
    expect(all).toEqual(all.toSorted((a, b) => a - b));
    expect(all).toEqual(expect.arrayContaining([0, 1, 2, 4, 118 - 1]));
    expect(all.filter((at) => many[at]?.includes('sms'))).toEqual([]);
  });

  it('are one each, though several of its words are in the message', () => {
    expect(asked(['{ includes: [red, blue] }', '{ keyword: [red, blue] }'], write('red and blue'))).toBe('0');
  });

  it('are those that ask alike or none of them, but for what depends on the rule itself', () => {
    const two = ['{ channel: sms, has: remembered.t }', '{ channel: sms }', '{ channel: whatsapp }'];
    expect(asked(two, write('x'))).toBe('2');
    const spoken = { once: { r0: Date.parse(messageAdded().DateCreated) } };
    expect(asked(['{ once: 1d, event: onMessageAdded }'], write('x'), spoken)).toBe('0');
  });
});
