import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkPattern } from '../../../lib/rules/compile/check-pattern.ts';
import { ORDINARY_PATTERNS } from './ordinary-patterns.ts';

describe('checkPattern', () => {
  it.each(ORDINARY_PATTERNS)('lets %s through: %s', (_, source) => {
    expect(checkPattern(source)).toBeUndefined();
  });

  it('has fifty ordinary patterns or more to let through', () => {
    expect(new Set(ORDINARY_PATTERNS.map(([, source]) => source)).size).toBeGreaterThanOrEqual(50);
  });

  it.each(['bot/rules.yaml', 'docs/rules.md'])(
    'lets the patterns of %s through, but for the bad one',
    (file) => {
      const sources = [...readFileSync(file, 'utf8').matchAll(/pattern: '([^']+)'/g)].flatMap(
        ([, source = '']) => source,
      );
      expect(sources.length).toBeGreaterThan(1);
      expect(sources.filter((source) => checkPattern(source) !== undefined)).toEqual(
        file.startsWith('docs') ? ['^(\\d+)+$'] : [],
      );
    },
  );

  // The shapes that bring servers down, from the published collections, and those that only look tame.
  it.each([
    ['a repetition in a repetition', '(a+)+$'],
    ['the same, of anything', '([a-zA-Z]+)*$'],
    ['an empty round', '(a*)*b'],
    ['branches that overlap', '(a|aa)+$'],
    ['a branch that may be empty', '(a|a?)+$'],
    ['a lazy repetition in a lazy one', '^(?:a+?)+?$'],
    ['dots that share', '(.*a){11}$'],
    ['an optional space', '^(\\w+\\s?)*$'],
    ['two that share, repeated', '(x+x+)+y'],
    ['optional letters, counted', '^(?:a?){25}a{25}$'],
    ['optional letters, written out', `^${'a?'.repeat(30)}${'a'.repeat(30)}$`],
    ['a count in a count, with an optional end', '^(?:\\w{1,9}\\s?){1,9}$'],
    ['one or two, 24 times', '(?:\\w\\w?){24}!'],
    ['one or two digits, 22 times', '(?:\\d{1,2}){22}!'],
    ['one or two letters, 20 times', '(?:[a-z]{1,2}){20}!'],
    ['one to four, with an optional space', '(?:[A-Z0-9]{1,4}\\s?){20}!'],
    ['branches that overlap, counted', '(a|aa){20}b'],
    ['a branch that is two others', '(?:a|b|ab){24}c'],
    ['branches that differ in case only', '(?:k|K|\\u212A){25}!'],
    ['a letter and one that folds to it', '(?:s|\u017f){22}!'],
    ['a letter among letters', '(?:\\p{L}|\u00e9){22}!'],
    ['a digit among word characters', '(?:\\d|\\w){22}!'],
    ['a space among anything', '(?:\\s|.){22}!'],
    ['neighbours that overlap', '\\d{1,50}\\d{1,50}\\d{1,50}x'],
    ['neighbours without an end', '.*.*=.*'],
    ['a start at each space', '\\s+$'],
    ['a start at each digit', '\\d+ tickets'],
    ['a start at each word', '(?:please|pls)?\\s*(cancel|stop)'],
    ['a long count at each character', '.{1,400}x'],
    ['a look-ahead that repeats a repetition', '^(?=(a+)+$)'],
    ['a look-ahead that must not match', '^(?!(?:a|aa){24}b)'],
    ['a look-behind that repeats a repetition', '(?<=(?:a+)+)b'],
    ['a look-behind at each character', '(?<!x.*)y'],
    ['a look-ahead at each character', '(?:(?=.*z)a)*b'],
    ['a back-reference', '(?<x>.*)\\k<x>y'],
    ['back-references that repeat', '^(\\w{1,9})(?:\\1?){20}!'],
  ])('refuses %s: %s', (_, source) => {
    expect(() => new RegExp(source, 'iu')).not.toThrow();
    expect(checkPattern(source)).toMatch(/^This pattern can hang the bot: "/);
  });

  it.each([
    ['(?:a?){1000000}', '"(?:a?){1000000}"'],
    ['^(?:(?:a{1,99}b){99}c){99}$', '"(?:a{1,99}b){99}"'],
    ['(?:){1000000000}x', '"(?:){1000000000}"'],
  ])('refuses %s, which is too large to look at', (source, part) => {
    expect(checkPattern(source)).toBe(
      `This pattern could not be shown to be safe: ${part} has too many parts when its counts are multiplied out. Use smaller counts.`,
    );
  });

  it.each([
    ['^hello (?:there|you) (?:\\w{1,9} ?){9}!$', '(?:\\w{1,9} ?){9}'],
    ['yes|no (?:a|aa){30}b', '(?:a|aa){30}'],
    ['^((?:x|(?:a+)+b)y)z', '(?:a+)+b'],
    ['^a(.*),(.*),(.*)$', '(.*),(.*),'],
    ['\\s+$ thanks', '\\s+$'],
  ])('names the part of %s that is to blame', (source, part) => {
    expect(checkPattern(source)).toContain(`hang the bot: "${part}" can take`);
  });

  it('says how a message begins that would take so long', () => {
    expect(checkPattern('(?:\\w\\w?){24}!')).toContain('4,096 characters, such as "aaaaaaaaaaaaaaaaaaaa…".');
  });

  it('says how to write it: one way where characters are shared out, another where each one is a start', () => {
    expect(checkPattern('(a+)+$')).toContain('Let the next character decide where each repetition ends');
    expect(checkPattern('\\s+$')).toContain('Begin with ^ or \\b, or give what repeats an end');
  });

  it.each([['\\b\\d+ tickets'], ['^\\d+ tickets'], ['\\d{1,20} tickets'], ['^(?:\\d{1,4} ){1,9}']])(
    'lets through what it advises: %s',
    (source) => {
      expect(checkPattern(source)).toBeUndefined();
    },
  );

  it.each([['(?i:a)'], ['x(?-i:A)'], ['^(?s:.)']])('refuses the flags of %s', (source) => {
    expect(checkPattern(source)).toMatch(/^Flags inside of a pattern are not allowed: \(\?/);
  });
});
