import { describe, expect, it } from 'vitest';
import { messageAdded } from '../../support.ts';
import { ask, holds, NOW, problemsOf, QUESTION } from './ask.ts';

/** Every question needs one. */
const ANSWERED = '{ id: z, when: { after: q, keyword: z }, then: { text: z } }';

const HOUR = 3_600_000;
const SID = `MB${'a'.repeat(32)}`;

const withQuestion = (question: object) => ({
  ...QUESTION,
  memory: { question: { rule: 'q', index: 5, at: NOW, misses: 0, ...question } },
});

describe('after', () => {
  it('holds while the question of the rule is open, or of one of a list', () => {
    expect(holds('{ after: q }', 'x', QUESTION)).toBe(true);
    expect(holds('{ after: [other, q] }', 'x', QUESTION)).toBe(true);
    expect(holds('{ after: other }', 'x', { ...QUESTION, rules: [...QUESTION.rules, ANSWERED] })).toBe(false);
  });

  it.each([
    ['no question is open', { memory: {} }, 'no question is open'],
    ['the rule is gone', withQuestion({ rule: 'gone' }), 'the rule that asked is gone, or waits no more'],
    ['the rule waits no more', withQuestion({ rule: 'o' }), 'the rule that asked is gone, or waits no more'],
    [
      'the message has the Index of the question',
      withQuestion({ index: 9 }),
      'the message was written before the question',
    ],
    [
      'another customer was asked',
      withQuestion({ to: `MB${'b'.repeat(32)}` }),
      'the question was put to another customer',
    ],
    ['the time is over', withQuestion({ at: NOW - HOUR - 1 }), 'the time of the question is over'],
    [
      'another question is open',
      withQuestion({ rule: 'other' }),
      'the question of "other" is open, the rule is for "q"',
    ],
  ])('does not hold where %s', (_, beside, why) => {
    expect(ask('{ after: q }', 'x', { ...QUESTION, ...beside })).toEqual({
      rule: 'rule',
      matched: false,
      why: `after: ${why}`,
    });
  });

  it.each([
    ['the Index is one above', { index: 8 }],
    ['it was put to this customer', { to: SID }],
    ['it was put to anybody', {}],
    ['its time is just not over', { at: NOW - HOUR }],
  ])('holds where %s', (_, question) => {
    expect(ask('{ after: q }', 'x', withQuestion(question))).toEqual({
      rule: 'rule',
      matched: true,
      why: 'after: the question of "q" is open',
    });
  });

  it('knows a customer without a participant by the author', () => {
    const ana = messageAdded({ Author: '+15550100001', Index: 9, Body: 'x' });
    const { ParticipantSid: _, ...alone } = ana;
    expect(holds('{ after: q }', alone, withQuestion({ to: SID }))).toBe(false);
    expect(holds('{ after: q }', alone, withQuestion({}))).toBe(true);
  });

  it.each([
    ['{ after: quest }', 'There is no rule "quest". Allowed: q, other, o, rule.'],
    ['{ after: 1 }', 'This must be text, not 1. Put it in quotes: "1"'],
    ['{ after: o }', 'The rule "o" asks nothing. Add "wait" to its last text, or name another rule.'],
    ['{ after: [q, o] }', 'The rule "o" asks nothing. Add "wait" to its last text, or name another rule.'],
    [
      '{ event: onParticipantAdded, after: q }',
      '"after" asks about a message, and onParticipantAdded carries none. Give that event a rule of its own.',
    ],
  ])('refuses %s', (when, problem) => {
    const answered = [...QUESTION.rules, '{ id: a, when: { after: q, keyword: a }, then: { text: a } }'];
    expect(
      problemsOf(when, { rules: answered }).map((one) => one.replace(' o, a, rule', ' o, rule')),
    ).toEqual([problem]);
  });

  it('is given for every question', () => {
    expect(problemsOf('{ keyword: x }', QUESTION)).toEqual([
      'Nobody answers the question of "q". Add a rule with "after: q", or leave "wait" out.',
    ]);
  });
});
