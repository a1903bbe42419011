import { describe, expect, it } from 'vitest';
import { onceKey } from '../../../../lib/rules/once-key.ts';
import { bookOf } from '../../support.ts';
import { Talk } from '../../talk.ts';
import { ask, holds, NOW, problemsOf } from './ask.ts';

const HOUR = 3_600_000;
const spoke = (ago: number) => ({
  memory: { customerAt: NOW - ago, once: { [onceKey('rule')]: NOW - ago } },
});

describe('once', () => {
  it('holds where the rule has said nothing for that long', () => {
    expect(holds('{ once: 6h }', 'x')).toBe(true);
    expect(holds('{ once: 6h }', 'x', spoke(6 * HOUR))).toBe(true);
    expect(holds('{ once: 6h }', 'x', spoke(6 * HOUR - 1))).toBe(false);
    expect(holds('{ once: 6h }', 'x', { memory: { once: { [onceKey('another')]: NOW } } })).toBe(true);
  });

  it('says so', () => {
    expect(ask('{ once: 6h }', 'x')?.why).toBe('once: it has not spoken for 6h');
    expect(ask('{ once: 90m }', 'x', spoke(1))?.why).toBe('once: it has spoken in the last 90m');
  });

  it('knows an item of an otherwise by its place', () => {
    const book = bookOf(`version: 1
rules: []
otherwise:
  - { when: { once: 1h }, then: { text: One. } }
  - { when: { once: 2h }, then: { text: Two. } }
`);
    const talk = new Talk(book);
    const said = () => talk.says('x').said;
    expect([said(), said(), said()]).toEqual([['One.'], ['Two.'], []]);
    talk.wait(HOUR);
    expect([said(), said()]).toEqual([['One.'], []]);
  });

  it('counts what spoke, and not what ignored', () => {
    const book = bookOf(`version: 1
rules: [{ id: r, when: { once: 1h }, then: { ignore: true } }]
`);
    const talk = new Talk(book);
    expect([talk.says('x').rule, talk.says('x').rule]).toEqual(['ignored', 'ignored']);
  });

  it.each([
    ['59s', '"59s" is too short. Write at least 1m.'],
    ['31d', '"31d" is longer than 30 days. Write at most 30d, such as 90m or 8h.'],
    ['true', 'true is not a duration. Write a number and s, m, h or d, such as 90m or 8h, at most 30d.'],
  ])('refuses %s', (given, problem) => {
    expect(problemsOf(`{ once: ${given} }`)).toEqual([problem]);
  });

  it.each(['1m', '30d', '60s'])('takes %s', (given) => {
    expect(problemsOf(`{ once: ${given} }`)).toEqual([]);
  });
});
