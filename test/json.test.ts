import { describe, expect, it } from 'vitest';
import { isExactObject, parseAttributes, parseExactly, parseJson } from '../lib/json.ts';

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

describe('Attributes that are written back', () => {
  it('keep numbers that JavaScript cannot hold, and all else, as they stand', () => {
    const text = '{"id":12345678901234567890,"price":1.0,"of":{"list":[1e400,"2"],"none":null,"is":true}}';
    expect(JSON.stringify(parseExactly(text))).toBe(text);
  });

  it('keep as numbers only what is one', () => {
    expect(parseExactly('{"text":"7","is":true,"none":null}')).toEqual({ text: '7', is: true, none: null });
  });

  it('are an object where they are empty', () => {
    expect(parseExactly('')).toEqual({});
  });

  it.each(['null', '[]', '[{}]', '7', '"text"', 'true', '{', ' '])(
    'are undefined where they are %j',
    (text) => {
      expect(parseExactly(text)).toBeUndefined();
    },
  );

  it('tell an object from a number that is kept as it stands', () => {
    const { id, of, list, none, text } =
      parseExactly('{"id":1,"of":{},"list":[],"none":null,"text":"a"}') ?? {};
    expect([id, of, list, none, text].map(isExactObject)).toEqual([false, true, false, false, false]);
  });
});
