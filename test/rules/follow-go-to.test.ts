import { describe, expect, it } from 'vitest';
import { followGoTo, MAX_GO_TO } from '../../lib/rules/follow-go-to.ts';
import type { Rule, RuleBook, Then } from '../../lib/rules/types.ts';

const say = (text: string) => ({ kind: 'text', Body: [text], split: false }) as const;
const rule = (id: string, then: Then, more: object = {}) => ({ id, then, ...more }) as Rule;
const answer = (texts: readonly string[], goTo?: string): Then => ({
  actions: texts.map(say),
  ...(goTo !== undefined && { goTo }),
});

function follow(first: Rule, ...others: Rule[]) {
  const book = { rules: [first, ...others] } as unknown as RuleBook;
  const { id, then } = first;
  return followGoTo(book, { rule: first, id, then, from: 'rules', ...(first.when && { when: first.when }) });
}

const SILENT = { isIgnored: true, actions: [], goneOnTo: [], spoken: [] };

describe('what an answer goes on to', () => {
  it('is nothing where it ignores, or does nothing but go on to a rule that ignores', () => {
    expect(follow(rule('a', 'ignore'))).toEqual(SILENT);
    expect(follow(rule('a', answer([], 'b')), rule('b', 'ignore'))).toEqual(SILENT);
  });

  it('says what it says before a rule that ignores', () => {
    const followed = follow(rule('a', answer(['one'], 'b')), rule('b', 'ignore'));
    expect(followed).toEqual({ isIgnored: false, actions: [say('one')], goneOnTo: ['b'], spoken: [] });
  });

  it('ignores nothing where it has nothing to do but to ask', () => {
    expect(follow(rule('a', answer([])))).toEqual({ ...SILENT, isIgnored: false });
  });

  it('are the actions in order, the last question, and what speaks once', () => {
    const once = { when: { event: ['onMessageAdded'], once: 1 }, waits: { ms: 1 } };
    const followed = follow(
      rule('a', answer(['one'], 'b'), once),
      rule('b', answer(['two'], 'c')),
      rule('c', answer(['three']), once),
    );
    expect(followed).toEqual({
      isIgnored: false,
      actions: ['one', 'two', 'three'].map(say),
      asks: 'c',
      goneOnTo: ['b', 'c'],
      spoken: ['a', 'c'],
    });
  });

  it('are five rules at most', () => {
    const chain = Array.from({ length: 9 }, (_, at) => rule(`r${at}`, answer([`${at}`], `r${at + 1}`)));
    const { actions, goneOnTo } = follow(chain[0] as Rule, ...chain.slice(1));
    expect(goneOnTo).toHaveLength(MAX_GO_TO);
    expect(actions).toEqual(['0', '1', '2', '3', '4', '5'].map(say));
  });
});
