import { describe, expect, it } from 'vitest';
import { decide } from '../../../../lib/rules/decide.ts';
import { bookOf, messageAdded } from '../../support.ts';
import { NOW, problemsOf } from './ask.ts';

const bookFor = (misses: string) =>
  bookOf(`version: 1
rules:
  - id: q
    when: { keyword: q }
    then: { text: What?, wait: 1h }
    otherwise: [{ when: { misses: ${misses} }, then: { text: Enough. } }, { then: { text: Again? } }]
  - { id: a, when: { after: q, answer: number }, then: { text: a } }
`);

const missed = (wanted: number, misses: number) => {
  const memory = { question: { rule: 'q', index: 5, at: NOW, misses } };
  const decision = decide(bookFor(String(wanted)), messageAdded({ Body: 'x', Index: 9 }), memory);
  return 'considered' in decision
    ? decision.considered.find(({ rule }) => rule === 'q.otherwise.1')
    : undefined;
};

describe('misses', () => {
  it.each([
    [1, 0, false, 'the question was not missed once yet'],
    [1, 1, true, 'the question was missed once or more'],
    [2, 1, false, 'the question was not missed 2 times yet'],
    [2, 2, true, 'the question was missed 2 times or more'],
    [2, 9, true, 'the question was missed 2 times or more'],
  ])('%s after %s misses: %s', (wanted, misses, matched, why) => {
    expect(missed(wanted, misses)).toEqual({ rule: 'q.otherwise.1', matched, why: `misses: ${why}` });
  });

  it('goes only into the otherwise of a question', () => {
    expect(problemsOf('{ misses: 1 }')).toEqual(['"misses" goes into the "otherwise" of a rule that waits.']);
    expect(problemsOf('{ unless: { misses: 1 } }')).toEqual([
      '"misses" goes into the "otherwise" of a rule that waits.',
    ]);
  });

  it.each(['0', '-1', '1.5', '101', '"2"', 'true', '[1]'])('refuses %s', (given) => {
    expect(() => bookFor(given)).toThrow('"misses" is a whole number from 1 to 100, not');
  });
});
