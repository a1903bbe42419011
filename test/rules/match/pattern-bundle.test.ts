import { describe, expect, it, vi } from 'vitest';
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

  it.each([
    ['^ask x', 'ASK X', true],
    ['^ask x', '\u017f\u212a', false],
    ['^sk x', '\u017f\u212a x', true],
    ['^ss', '\u00df', false],
    ['^orders? 1', 'order 1', true],
    ['^orders{0,1} 1', 'ORDER 1', true],
    ['^o*', '', true],
    ['^x|y', 'y', true],
    ['^12 (?:a|b)', '12 B', true],
    ['^x', 'an x', false],
    ['[^abc]x', 'zx', true],
  ])('rules out by the start of /%s/ only what it does not match: %j', (source, text, expected) => {
    expect(new RegExp(source, 'iu').test(text)).toBe(expected);
    expect(bundlePatterns([source])(text)).toBe(expected);
  });

  it('compiles nothing for a text that begins as none of its patterns does', () => {
    const long = bundlePatterns(['^order (?<n>\\d{3})$', '^track']);
    const compile = vi.spyOn(RegExp.prototype, 'test');
    expect(long('where is it?')).toBe(false);
    expect(long('other things')).toBe(false);
    expect(compile).not.toHaveBeenCalled();
    expect(long('Order 123')).toBe(true);
    expect(compile).toHaveBeenCalledOnce();
    compile.mockRestore();
  });

  it('finds what begins with less than its neighbours', () => {
    expect(bundlePatterns(['^order 1', '^track'])('track 7')).toBe(true);
  });
});
