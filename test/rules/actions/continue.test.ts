import { describe, expect, it } from 'vitest';
import { bookWith } from '../support.ts';
import { problemsOf } from './answer.ts';

describe('continue', () => {
  it.each([
    '{ text: x, continue: true }',
    '[{ text: x }, { tag: { a: b }, continue: true }]',
    '{ remember: { a: 1 }, continue: true }',
  ])('goes with %s', (then) => {
    expect(bookWith('{}', then).rules[0]?.continues).toBe(true);
  });

  it.each([
    ['{ text: x, continue: false }', 'Write "continue: true", or leave the key out.'],
    [
      '{ ignore: true, continue: true }',
      '"continue" lets the rules below decide, so it cannot stand with "ignore". Keep one of them.',
    ],
    [
      '{ handover: true, continue: true }',
      '"continue" lets the rules below decide, so it cannot stand with "handover". Keep one of them.',
    ],
    [
      '[{ text: x, continue: true }, { go_to: rule }]',
      '"continue" lets the rules below decide, so it cannot stand with "go_to". Keep one of them.',
    ],
    [
      '[{ text: x }, { continue: true }]',
      '"continue" stands beside what is done, in the same action. Write: { text: …, continue: true }',
    ],
  ])('may not be %s', (then, problem) => {
    expect(problemsOf(then)).toContain(problem);
  });
});
