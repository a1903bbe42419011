import { afterEach, describe, expect, it, vi } from 'vitest';
import { findPattern } from '../../../lib/rules/match/find-pattern.ts';

afterEach(() => vi.restoreAllMocks());

describe('the first pattern that is found', () => {
  it('gives its named groups, in any case of the text', () => {
    const source = '^order (?<number>[0-9]{1,9})';
    expect(findPattern(['^x$', source], ['ORDER 7'])).toEqual({
      source,
      text: 'ORDER 7',
      groups: { number: '7' },
    });
    expect(findPattern(['^order'], ['order 7'])).toMatchObject({ groups: {} });
    expect(findPattern(['^x$'], ['order 7'])).toBeUndefined();
    expect(findPattern([], ['order 7'])).toBeUndefined();
  });

  it('is looked for in each of the texts before the next pattern', () => {
    expect(findPattern(['^2$', '^1$'], ['1', '2'])).toMatchObject({ source: '^2$', text: '2' });
    expect(findPattern(['^2$'], [])).toBeUndefined();
  });

  it('is compiled once, however many messages it is looked for in', () => {
    const compile = vi.spyOn(globalThis, 'RegExp');
    for (const text of ['compiled', 'once', 'compiled']) findPattern(['^compiled$'], [text]);
    expect(compile.mock.calls).toEqual([['^compiled$', 'iu']]);
  });
});
