import { describe, expect, it } from 'vitest';
import { answer, problemsOf } from './answer.ts';

const REMEMBERS = 'otherwise: { remember: { a: 1, b: 2 } }';

describe('forget', () => {
  it('forgets values by name, or all', () => {
    const beside = { top: REMEMBERS };
    expect(answer('{ forget: a }', 'x', beside).change).toEqual({ values: { a: null } });
    expect(answer('{ forget: [a, b] }', 'x', beside).change).toEqual({ values: { a: null, b: null } });
    expect(answer('{ forget: all }').change).toEqual({ forgetsAll: true });
    expect(answer('{ forget: [all] }').change).toEqual({ forgetsAll: true });
  });

  it('leaves what is remembered after it', () => {
    expect(answer('[{ remember: { a: 1 } }, { forget: all }, { remember: { b: 2 } }]').change).toEqual({
      forgetsAll: true,
      values: { b: '2' },
    });
    expect(answer('[{ remember: { a: 1 } }, { forget: a }]').change).toEqual({ values: { a: null } });
    expect(answer('[{ forget: a }, { remember: { a: 1 } }]').change).toEqual({ values: { a: '1' } });
  });

  it('keeps a handover that goes with it', () => {
    expect(answer('[{ forget: all }, { handover: true }]').change).toEqual({
      forgetsAll: true,
      handover: { forMs: 86_400_000, back: [] },
    });
  });

  it.each([
    ['{ forget: c }', 'Nothing remembers "c". Allowed: all, a, b.'],
    ['{ forget: [a, all] }', 'Nothing remembers "all". Allowed: all, a, b.'],
    ['{ forget: [] }', 'This list is empty. Give at least one item, or leave the key out.'],
    ['{ forget: 5 }', 'This must be text, not 5. Put it in quotes: "5"'],
  ])('may not be %s', (then, problem) => {
    expect(problemsOf(then, { top: REMEMBERS })).toContain(
      problem.replace('Allowed: all, a, b.', 'Allowed: all, a, b.'),
    );
  });
});
