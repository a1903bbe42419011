import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decide } from '../../../lib/rules/decide.ts';
import { BUNDLE_SIZE } from '../../../lib/rules/match/pattern-bundle.ts';
import { prepareRules } from '../../../lib/rules/match/rule-index.ts';
import type { Memory } from '../../../lib/rules/memory.ts';
import type { Rule, RuleBook, When } from '../../../lib/rules/types.ts';
import { messageAdded } from '../support.ts';

const then = { actions: [{ kind: 'text', Body: ['found'], split: false } as const] };

/** A book with `count` rules of one kind in front of one that matches "needle". */
function haystack(
  count: number,
  straw: (index: number) => Partial<When>,
  more: (index: number) => Partial<Rule> = () => ({}),
): RuleBook {
  const rule = (id: string, when: Partial<When>): Rule => ({
    id,
    when: { event: ['onMessageAdded'], ...when },
    then,
  });
  const rules = Array.from({ length: count }, (_, index) => ({
    ...rule(`straw${index}`, straw(index)),
    ...more(index),
  }));
  return { version: 1, templates: {}, rules: [...rules, rule('needle', { keyword: ['needle'] })] };
}

const KINDS = {
  keyword: (index: number) => ({ keyword: [`word${index}`] }),
  includes: (index: number) => ({ includes: [{ written: `word${index} more`, words: `word${index} more` }] }),
  after: (index: number) => ({
    after: [`straw${index}`],
    answer: [{ kind: 'number', written: 'number' } as const],
  }),
  near: (index: number) => {
    const text = `something like word${index}`;
    return { near: [{ written: text, text, slips: 2 }] };
  },
  'other event': (index: number) => ({ event: ['onParticipantAdded' as const], pattern: [`^word${index}$`] }),
  pattern: (index: number) => ({ pattern: [`\\bword${index} (?<n>[0-9]{1,9})$`] }),
  'pattern that begins plainly': (index: number) => ({ pattern: [`^word${index} (?<n>[0-9]{1,9})$`] }),
  open: () => ({ open: ['shop'] }),
  has: () => ({ has: ['remembered.topic'] }),
  unless: () => ({ unless: [{ channel: ['whatsapp'] }] }),
  where: (index: number) => ({ where: { 'remembered.topic': [`word${index}`] } }),
} as const;

/** A book that counts how often its rules are looked at. */
function watch(book: RuleBook): { readonly watched: RuleBook; readonly looks: () => number } {
  let looks = 0;
  const rules = book.rules.map((rule) => ({
    ...rule,
    get when(): When {
      looks++;
      return rule.when as When;
    },
    get otherwise() {
      looks++;
      return rule.otherwise;
    },
  })) as RuleBook['rules'];
  return { watched: { ...book, rules }, looks: () => looks };
}

/** Regular expressions run, and rules looked at, while one message is decided on. */
function stepsFor(book: RuleBook, memory: Memory = {}): { readonly regexes: number; readonly rules: number } {
  const event = messageAdded({ Body: 'needle' });
  decide(book, event, memory);
  const { watched, looks } = watch(book);
  decide(watched, event, memory);
  const before = looks();
  // RegExp.prototype.test and String.prototype.replace go through exec once it is watched.
  const exec = vi.spyOn(RegExp.prototype, 'exec');
  const decision = decide(watched, event, memory);
  const regexes = exec.mock.calls.length;
  vi.restoreAllMocks();
  expect(decision).toMatchObject({ outcome: 'reply', rule: 'needle' });
  return { regexes, rules: looks() - before };
}

describe('the number of rules', () => {
  beforeEach(() => vi.restoreAllMocks());
  afterEach(() => vi.restoreAllMocks());

  it.each(['keyword', 'includes', 'after', 'near', 'other event', 'pattern that begins plainly'] as const)(
    'does not show in the steps: 1,000 by %s',
    (kind) => {
      expect(stepsFor(haystack(1_000, KINDS[kind]))).toEqual(stepsFor(haystack(1, KINDS[kind])));
    },
  );

  it('does not show at the first event where the rules were prepared', () => {
    const first = (count: number) => {
      const { watched, looks } = watch(haystack(count, KINDS.keyword));
      prepareRules(watched);
      const before = looks();
      decide(watched, messageAdded({ Body: 'needle' }));
      return looks() - before;
    };
    expect(first(1_000)).toBe(first(1));
  });

  it('does not show where they ask, and have an otherwise of their own', () => {
    const asking = (index: number): Partial<Rule> => ({
      waits: { ms: 86_400_000 },
      otherwise: [
        { id: `straw${index}.otherwise`, when: { event: ['onMessageAdded'], keyword: ['x'] }, then },
      ],
    });
    const book = (count: number) => haystack(count, KINDS.keyword, asking);
    const memory = { question: { rule: 'straw0', index: -1, at: 0, misses: 0 } };
    expect(stepsFor(book(1_000))).toEqual(stepsFor(book(1)));
    expect(stepsFor(book(1_000), memory)).toEqual(stepsFor(book(1), memory));
  });

  it('shows in what is asked after one question, but its answer is read once', () => {
    const at = Date.parse(messageAdded().DateCreated);
    const memory = { question: { rule: 'straw0', index: -1, at, misses: 0 } };
    const book = (count: number) =>
      haystack(
        count,
        (index) => ({ after: ['straw0'], answer: [{ kind: 'range', low: String(index), written: '' }] }),
        () => ({ waits: { ms: 1 } }),
      );
    expect(stepsFor(book(1_000), memory).regexes).toBe(stepsFor(book(1), memory).regexes);
  });

  it('shows by one step a bundle where rules have patterns', () => {
    const one = stepsFor(haystack(1, KINDS.pattern));
    const many = stepsFor(haystack(1_000, KINDS.pattern));
    expect(many.regexes - one.regexes).toBe(Math.ceil(1_000 / BUNDLE_SIZE) - 1);
    expect(many.rules).toBe(one.rules);
  });

  it('does not show in the rules that are asked where they ask for different values', () => {
    expect(stepsFor(haystack(1_000, KINDS.where)).rules).toBe(stepsFor(haystack(1, KINDS.where)).rules);
  });
});
