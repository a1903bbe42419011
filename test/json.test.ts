import { describe, expect, it } from 'vitest';
import { parseAttributes, parseJson } from '../lib/json.ts';

describe('JSON', () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ['null', null],
    ['"text"', 'text'],
    ['', undefined],
    ['{', undefined],
    ['undefined', undefined],
  ])('%j says %j', (text, value) => {
    expect(parseJson(text)).toEqual(value);
    expect(parseAttributes(text)).toEqual(value);
  });

  it('is undefined as Attributes that are absent', () => {
    expect([parseAttributes(null), parseAttributes(undefined)]).toEqual([undefined, undefined]);
  });
});
