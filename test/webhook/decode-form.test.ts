import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeForm } from '../../lib/webhook/decode-form.ts';
import { runs } from '../support/runs.ts';

const decode = (body: string | readonly number[]) => {
  const params = decodeForm(typeof body === 'string' ? Buffer.from(body) : Buffer.from(body));
  return params && [...params];
};

describe('decodeForm', () => {
  it.each<[what: string, body: string, expected: [string, string[]][]]>([
    ['nothing at all', '', []],
    ['one parameter', 'Body=hello', [['Body', ['hello']]]],
    ['+ as a space, %2B as a plus', 'Body=a+b%2Bc', [['Body', ['a b+c']]]],
    ['+ in a name', 'a+b=c', [['a b', ['c']]]],
    ['spaces at both ends', 'Body=+hi%20', [['Body', [' hi ']]]],
    [
      'an empty value',
      'Body=&Author=x',
      [
        ['Body', ['']],
        ['Author', ['x']],
      ],
    ],
    ['a name without =', 'Body', [['Body', ['']]]],
    ['= in a value', 'Body=1=2', [['Body', ['1=2']]]],
    ['an empty name', '=x', [['', ['x']]]],
    [
      'empty pairs',
      '&a=1&&b=2&',
      [
        ['a', ['1']],
        ['b', ['2']],
      ],
    ],
    [
      'repeated names, in order',
      'a=2&b=1&a=1&a=2',
      [
        ['a', ['2', '1', '2']],
        ['b', ['1']],
      ],
    ],
    ['; as any other character', 'a=1;b=2', [['a', ['1;b=2']]]],
    ['UTF-8, escaped and raw', 'Body=%F0%9F%99%8F é', [['Body', ['🙏 é']]]],
    ['control characters and U+FFFF', 'Body=%00%1F%EF%BF%BF', [['Body', ['\0\x1f\uffff']]]],
    ['a byte order mark', '%EF%BB%BFa=%EF%BB%BF', [['\ufeffa', ['\ufeff']]]],
    ['a raw byte order mark', '\ufeffa=1', [['\ufeffa', ['1']]]],
  ])('keeps %s', (_, body, expected) => {
    expect(decode(body)).toEqual(expected);
  });

  it.each<[what: string, body: string | number[]]>([
    ['a percent sign without digits', 'a=%'],
    ['one digit', 'a=%4'],
    ['no hexadecimal digits', 'a=%zz'],
    ['a malformed name', '%zz=a'],
    ['a malformed name without =', '%zz'],
    ['a byte that is not UTF-8, escaped', 'a=%ff'],
    ['a cut-off UTF-8 sequence', 'a=%F0%9F'],
    ['an escaped surrogate', 'a=%ED%A0%80'],
    ['a raw byte that is not UTF-8', [0x61, 0x3d, 0xff]],
  ])('refuses %s', (_, body) => {
    expect(decode(body)).toBeUndefined();
  });

  it('takes 200 parameters and no more', () => {
    const form = (count: number) => Array.from({ length: count }, (_, at) => `a${at}=1`).join('&');
    expect(decode(form(200))).toHaveLength(200);
    expect(decode(form(201))).toBeUndefined();
    expect(decode('&'.repeat(200))).toBeUndefined();
    expect(decode('a=1&'.repeat(10_000))).toBeUndefined();
  });

  it('treats no name as special', () => {
    const params = decodeForm(Buffer.from('__proto__=x&constructor=y&toString=z'));
    expect([...(params ?? [])]).toEqual([
      ['__proto__', ['x']],
      ['constructor', ['y']],
      ['toString', ['z']],
    ]);
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('x');
  });

  it('reads what URLSearchParams writes as URLSearchParams reads it', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 20 }), (pairs) => {
        const form = new URLSearchParams(pairs);
        const names = [...new Set(form.keys())];
        expect(decode(form.toString())).toEqual(names.map((name) => [name, form.getAll(name)]));
      }),
    );
  });

  it('never throws, whatever the bytes', () => {
    const hostile = fc.string({ unit: fc.constantFrom('%', '&', '=', '+', 'f', '0', 'é', '\0', ';') });
    fc.assert(
      fc.property(hostile, (body) => void decode(body)),
      { numRuns: runs(500, 2_000) },
    );
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => void decode([...bytes])),
      { numRuns: runs(500, 2_000) },
    );
  });
});
