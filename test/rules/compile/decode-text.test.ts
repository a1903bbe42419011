import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../lib/rules/compile/decode-text.ts';

const RULES = 'version: 1\nrules: []\notherwise: { text: Café }\n';
const bytes = (text: string, encoding: BufferEncoding) => new Uint8Array(Buffer.from(text, encoding));
const SAVE = 'Save the file as UTF-8: editors call that its encoding.';

describe('decodeText', () => {
  it.each([
    ['without a mark', RULES, RULES],
    ['with a byte order mark', `\ufeff${RULES}`, RULES],
    ['with a replacement character that was written so', `a \ufffd b`, `a \ufffd b`],
    ['that is empty', '', ''],
  ])('reads UTF-8 %s', (_, text, read) => {
    expect(decodeText(bytes(text, 'utf8'))).toEqual({ ok: true, text: read });
  });

  it('reads whatever is UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('\0') && !text.startsWith('\ufeff'));
        expect(decodeText(bytes(text, 'utf8'))).toEqual({ ok: true, text });
      }),
    );
  });

  it.each([
    ['UTF-16 with its mark', bytes(`\ufeff${RULES}`, 'utf16le'), 'UTF-16'],
    ['UTF-16 without a mark', bytes(RULES, 'utf16le'), 'UTF-16'],
    [
      'UTF-16 the other way round',
      bytes(`\ufeff${RULES}`, 'utf16le').map((_, at, all) => all[at ^ 1] ?? 0),
      'UTF-16',
    ],
    ['UTF-32', new Uint8Array([0xff, 0xfe, 0, 0, 0x76, 0, 0, 0]), 'UTF-32'],
  ])('names %s', (_, given, name) => {
    const message = `This file is saved as ${name}. ${SAVE}`;
    expect(decodeText(given)).toEqual({ ok: false, place: { line: 1, column: 1, message } });
  });

  it('points at the first byte that is not UTF-8, and says which letter it was meant to be', () => {
    expect(decodeText(bytes(RULES, 'latin1'))).toEqual({
      ok: false,
      place: {
        line: 3,
        column: 23,
        message: `This is not UTF-8: here stands the byte 0xE9, which is "é" in Windows-1252 (Latin-1). ${SAVE}`,
      },
    });
  });

  it('counts a byte order mark as nothing', () => {
    const given = new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xfc]);
    expect(decodeText(given)).toMatchObject({ ok: false, place: { line: 1, column: 2 } });
  });

  it('does not take a picture for a text', () => {
    const message = 'This is not a text file: here stands a zero byte.';
    expect(decodeText(bytes('ab\n\0\0', 'utf8'))).toEqual({
      ok: false,
      place: { line: 2, column: 1, message },
    });
  });
});
