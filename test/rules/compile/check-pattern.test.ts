import { describe, expect, it } from 'vitest';
import { checkPattern } from '../../../lib/rules/compile/check-pattern.ts';

describe('checkPattern', () => {
  it.each([
    ['^hi$'],
    ['order #?(?<number>\\d+)'],
    ['^order\\s+#?(?<number>\\d{3,12})[.!?]?$'],
    ['^echo (?<what>.+)$'],
    ['^(?<first>\\p{L}+) (?<last>\\p{L}+)$'],
    ['\\b(?:cat|dog)s?\\b'],
    ['^[\\w.+-]+@[\\w-]+\\.[\\w.]+$'],
    ['(?<=#)\\d{1,9}'],
    ['^👍+$'],
    ['\\d{1,20}$'],
    ['^(?:[a-z]{1,12} ){1,8}[a-z]{1,12}$'],
    ['^.{1,30}$'],
  ])('lets %s through', (source) => {
    expect(checkPattern(source)).toBeUndefined();
  });

  // The shapes that bring servers down, from the published collections.
  it.each([
    ['(a+)+$'],
    ['([a-zA-Z]+)*$'],
    ['(a|aa)+$'],
    ['(a|a?)+$'],
    ['(.*a){11}$'],
    ['^(([a-z])+.)+[A-Z]([a-z])+$'],
    ['^(\\w+\\s?)*$'],
    ['(x+x+)+y'],
    ['^(?:a?){25}a{25}$'],
    ['^(?:\\w{1,9}\\s?){1,9}$'],
    ['^(?:\\w{1,20} ?){1,8}$'],
    ['(a|aa){20}b'],
    [`^${'a?'.repeat(30)}${'a'.repeat(30)}$`],
    ['\\s+$'],
    ['^\\s+|\\s+$'],
    ['.*.*=.*'],
    ['(?<x>.*)\\k<x>y'],
    [
      '^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$'.replace(
        '\\-',
        '-',
      ),
    ],
  ])('refuses %s', (source) => {
    expect(checkPattern(source)).toMatch(
      /^This pattern (?:can hang the bot: its matching time is|could not be shown)/,
    );
  });

  it('shows an attack, so that the author can see it', () => {
    expect(checkPattern('(a+)+$')).toContain("for example on 'a' + 'a'.repeat(31) + '\\x00a'.");
  });
});
