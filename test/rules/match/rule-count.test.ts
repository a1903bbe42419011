import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decide } from '../../../lib/rules/decide.ts';
import { BUNDLE_SIZE } from '../../../lib/rules/match/pattern-bundle.ts';
import type { Rule, RuleBook, When } from '../../../lib/rules/types.ts';
import { messageAdded } from '../support.ts';

/** A book with `count` rules of one kind in front of one that matches "needle". */
function haystack(count: number, straw: (index: number) => Partial<When>): RuleBook {
  const then = { actions: [{ kind: 'text', Body: ['found'], split: false } as const] };
  const rule = (id: string, when: Partial<When>): Rule => ({
    id,
    when: { event: ['onMessageAdded'], ...when },
    then,
  });
  const rules = Array.from({ length: count }, (_, index) => rule(`straw${index}`, straw(index)));
  return { version: 1, templates: {}, rules: [...rules, rule('needle', { keyword: ['needle'] })] };
}

const KINDS = {
  keyword: (index: number) => ({ keyword: [`word${index}`] }),
  includes: (index: number) => ({ includes: [{ written: `word${index} more`, words: `word${index} more` }] }),
  'other event': (index: number) => ({ event: ['onParticipantAdded' as const], pattern: [`^word${index}$`] }),
  pattern: (index: number) => ({ pattern: [`^word${index} (?<n>[0-9]{1,9})$`] }),
} as const;

/** Regular expressions run, and rules looked at, while one message is decided on. */
function stepsFor(book: RuleBook): { readonly regexes: number; readonly rules: number } {
  const event = messageAdded({ Body: 'needle' });
  decide(book, event);
  let rules = 0;
  const watched: RuleBook = {
    ...book,
    rules: book.rules.map((rule) => ({
      ...rule,
      get when(): When {
        rules++;
        return rule.when as When;
      },
    })),
  };
  decide(watched, event);
  rules = 0;
  // RegExp.prototype.test and String.prototype.replace go through exec once it is watched.
  const exec = vi.spyOn(RegExp.prototype, 'exec');
  const decision = decide(watched, event);
  const regexes = exec.mock.calls.length;
  vi.restoreAllMocks();
  expect(decision).toMatchObject({ outcome: 'reply', rule: 'needle' });
  return { regexes, rules };
}

describe('the number of rules', () => {
  beforeEach(() => vi.restoreAllMocks());
  afterEach(() => vi.restoreAllMocks());

  it.each(['keyword', 'includes', 'other event'] as const)(
    'does not show in the steps: 1,000 by %s',
    (kind) => {
      expect(stepsFor(haystack(1_000, KINDS[kind]))).toEqual(stepsFor(haystack(1, KINDS[kind])));
    },
  );

  it('shows by one step a bundle where rules have patterns', () => {
    const one = stepsFor(haystack(1, KINDS.pattern));
    const many = stepsFor(haystack(1_000, KINDS.pattern));
    expect(many.regexes - one.regexes).toBe(Math.ceil(1_000 / BUNDLE_SIZE) - 1);
    expect(many.rules).toBe(one.rules);
  });
});
