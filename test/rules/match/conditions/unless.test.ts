import { describe, expect, it } from 'vitest';
import { ask, holds, problemsOf, QUESTION } from './ask.ts';

describe('unless', () => {
  it.each([
    ['{ keyword: hi }', 'hi', false],
    ['{ keyword: hi }', 'ho', true],
    ['{ includes: a, channel: whatsapp }', 'a', false],
    ['{ includes: a, channel: sms }', 'a', true],
    ['[{ includes: a }, { includes: b }]', 'b', false],
    ['[{ includes: a }, { includes: b }]', 'c', true],
    ['[{ includes: a, media: true }, { includes: b, media: false }]', 'a', true],
  ])('%s, said %s: %s', (unless, body, expected) => {
    expect(holds(`{ unless: ${unless} }`, body)).toBe(expected);
  });

  it('may ask for a question that is not open', () => {
    const beside = {
      ...QUESTION,
      rules: [...QUESTION.rules, '{ id: z, when: { after: q, keyword: z }, then: { text: z } }'],
    };
    expect(holds('{ unless: { after: q } }', 'x', beside)).toBe(false);
    expect(holds('{ unless: { after: q, answer: number } }', 'x', beside)).toBe(true);
    expect(holds('{ unless: { after: q } }', 'x', { ...beside, memory: {} })).toBe(true);
  });

  it('says what held, quoting the rule', () => {
    expect(ask('{ unless: { keyword: hi } }', 'CANARY')?.why).toBe('unless: it does not hold');
    expect(ask('{ unless: [{ keyword: hi }, { includes: ho }] }', 'CANARY')?.why).toBe(
      'unless: none of it holds',
    );
    expect(ask('{ unless: [{ keyword: hi }, { includes: ho, channel: whatsapp }] }', 'ho CANARY')?.why).toBe(
      'unless: channel: this is whatsapp and includes: the message contains "ho"',
    );
  });

  it('captures nothing', () => {
    expect(
      problemsOf("{ unless: { pattern: '(?<x>a)' } }, then: { text: '{{ match.x }}' }").length,
    ).toBeGreaterThan(0);
  });

  it.each([
    ['{ unless: {} }', 'This group is empty, so the rule would never match. Give it a condition.'],
    ['{ unless: [] }', 'This list is empty. Give at least one item, or leave the key out.'],
    [
      '{ unless: { once: 1d } }',
      'The key "once" is not known here. Allowed: channel, media, keyword, near, includes, pattern, after, answer, misses, first, open, closed, where, has.',
    ],
    [
      '{ unless: { unless: { keyword: a } } }',
      'The key "unless" is not known here. Allowed: channel, media, keyword, near, includes, pattern, after, answer, misses, first, open, closed, where, has.',
    ],
    ['{ unless: hi }', 'A group of "unless" must be a mapping (key: value), not "hi".'],
    ['{ unless: { keyword: "" } }', 'This is empty. Write what to look for.'],
    [
      '{ event: onParticipantAdded, unless: { keyword: a } }',
      '"keyword" asks about a message, and this rule reacts to another event too, which carries none.',
    ],
  ])('refuses %s', (when, problem) => {
    expect(problemsOf(when)).toEqual([problem]);
  });
});
