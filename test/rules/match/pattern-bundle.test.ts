import { describe, expect, it } from 'vitest';
import { bundlePatterns } from '../../../lib/rules/match/pattern-bundle.ts';

describe('a bundle of patterns', () => {
  const bundle = bundlePatterns(['^order (?<n>[0-9]{1,9})$', 'a|b', '^(?<n>x)\\.$']);

  it.each([
    ['ORDER 1', true],
    ['order', false],
    ['xbx', true],
    ['x.', true],
    ['xy', false],
    ['', false],
  ])('says of %j whether one of them may match: %s', (text, expected) => {
    expect(bundle(text)).toBe(expected);
  });

  it.each([
    [['(b)', '(c)(a)\\2'], 'caa'],
    [['(?<x>b)', '(?<x>a)\\k<x>'], 'aa'],
  ])('rules nothing out where %j count each other’s groups', (sources, text) => {
    expect(sources.some((source) => new RegExp(source, 'iu').test(text))).toBe(true);
    expect(bundlePatterns(sources)(text)).toBe(true);
    expect(bundlePatterns(sources)('anything')).toBe(true);
  });
});
