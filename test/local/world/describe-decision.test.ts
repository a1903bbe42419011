import { describe, expect, it } from 'vitest';
import { describeAction, describeQuestion, nameRules, wasAsked } from '../../../local/describe-decision.ts';

const DAY_MS = 86_400_000;

describe('what an action does that posts no message', () => {
  it.each([
    [{ kind: 'remember', values: { order: ['12345'], name: ['Ana'] } }, 'Remembers order, name.'],
    [{ kind: 'forget', names: ['order', 'name'] }, 'Forgets order, name.'],
    [{ kind: 'forget', names: 'all' }, 'Forgets all that is remembered.'],
    [
      { kind: 'tag', attributes: { topic: ['refund'], order: [{ path: 'remembered.order' }] } },
      'Tags the message with topic: refund, order: {{ remembered.order }}.',
    ],
    [{ kind: 'handover', forMs: DAY_MS, back: [], invite: [] }, 'Hands over to a person for 1d.'],
    [
      { kind: 'handover', forMs: DAY_MS / 3, back: ['bot', 'menu'], invite: ['agent-dana'] },
      'Hands over to a person for 8h. The customer comes back with “bot”, “menu”. Invites agent-dana.',
    ],
  ] as const)('is said in a line: %j', (action, line) => {
    expect(describeAction(action)).toBe(line);
  });

  // What a dry run decides was said as if it had been done.
  it.each([
    [{ kind: 'remember', values: { order: ['12345'] } }, 'Would remember order.'],
    [{ kind: 'forget', names: 'all' }, 'Would forget all that is remembered.'],
    [{ kind: 'tag', attributes: { topic: ['refund'] } }, 'Would tag the message with topic: refund.'],
    [
      { kind: 'handover', forMs: DAY_MS, back: [], invite: ['agent-dana'] },
      'Would hand over to a person for 1d. Would invite agent-dana.',
    ],
  ] as const)('is said so where it was only decided: %j', (action, line) => {
    expect(describeAction(action, true)).toBe(line);
  });
});

describe('what an answer does to the open question', () => {
  const waits = { menu: { ms: DAY_MS, keep: true }, order: { ms: 2 * DAY_MS } } as const;

  it.each([
    [{ opens: 'order' }, 'Waits: the question of order is asked, open for 2d.'],
    [{ opens: 'menu' }, 'Waits: the question of menu is asked, open for 1d; answers leave it open.'],
    [
      { opens: 'order', misses: 1 },
      'Waits: the question of order is asked, open for 2d; missed once before.',
    ],
    [
      { opens: 'order', misses: 3 },
      'Waits: the question of order is asked, open for 2d; missed 3 times before.',
    ],
    [{ opens: 'gone' }, 'Waits: the question of gone is asked.'],
    [{ closes: { rule: 'order', index: 1 } }, 'The question of order is closed.'],
    [
      { misses: { rule: 'order', index: 1 } },
      'No answer to the question of order: it stays open, and this counts as a miss.',
    ],
    [{ keeps: { rule: 'menu', index: 1 } }, 'The question of menu is answered, and stays open.'],
  ])('is said in a line: %j', (change, line) => {
    expect(describeQuestion(change, waits)).toBe(line);
  });
});

describe('who answers', () => {
  const share = (rule: string) => ({ rule, match: {}, actions: [] });

  it('is one rule, or those that continue and the one that decided', () => {
    expect(nameRules({ shares: [share('order')] })).toBe('rule order');
    expect(nameRules({ shares: [share('hello'), share('order')] })).toBe('rules hello, order');
  });

  it('is told from those that were never asked', () => {
    expect(wasAsked({ rule: 'a', matched: false, why: 'not asked: "b" matched first' })).toBe(false);
    expect(wasAsked({ rule: 'a', matched: false, why: 'keyword: the message is none of "hi"' })).toBe(true);
  });
});
