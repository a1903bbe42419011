import { describe, expect, it } from 'vitest';
import { suggest } from '../../../lib/rules/compile/suggest.ts';

const KEYS = ['keyword', 'includes', 'pattern', 'channel'];

describe('suggest', () => {
  it.each([
    ['keywrod', 'keyword', 'two letters swapped'],
    ['keyord', 'keyword', 'a letter missing'],
    ['keywoord', 'keyword', 'a letter too many'],
    ['kezword', 'keyword', 'a letter next to it'],
    ['KEYWORD', 'keyword', 'another case'],
    ['include', 'includes', 'the singular'],
    ['chanels', 'channel', 'two slips'],
  ])('takes %s for %s: %s', (given, meant) => {
    expect(suggest(given, KEYS)).toBe(` Did you mean "${meant}"?`);
  });

  it.each([['media'], ['x'], [''], ['wordkey']])('has nothing to say about %j', (given) => {
    expect(suggest(given, KEYS)).toBe('');
    expect(suggest(given, [])).toBe('');
  });
});
