import { describe, expect, it } from 'vitest';
import { bookWith, decideOn, messageAdded } from '../support.ts';
import { problemsOf } from './answer.ts';

describe('ignore', () => {
  it('says nothing', () => {
    expect(decideOn(bookWith('{}', '{ ignore: true }'), messageAdded())).toMatchObject({
      outcome: 'ignored',
      rule: 'rule',
    });
  });

  it.each([
    ['{ ignore: false }', 'Write "ignore: true", or leave the key out.'],
    ['[{ text: x }, { ignore: true }]', '"ignore" stands alone: say something, or ignore the message.'],
    [
      '{ ignore: true, text: x }',
      'An action does one thing, and this one has text and ignore. Write a list of actions.',
    ],
  ])('may not be %s', (then, problem) => {
    expect(problemsOf(then)).toEqual([problem]);
  });
});
