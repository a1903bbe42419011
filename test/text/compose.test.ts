import { describe, expect, it } from 'vitest';
import { compose, composePlainly, trimText } from '../../lib/text/compose.ts';

describe('compose', () => {
  it.each([
    ['cafe\u0301', 'café'],
    ['e\u034f\u0301', 'é'],
    ['ﬃ № ½ ² …', 'ffi No 1⁄2 2 ...'],
    ['\u1112\u1161\u11ab', '한'],
    ['می‌خواهم', 'میخواهم'],
    ['👩‍💻 ❤️ 1️⃣', '👩💻 ❤ 1'],
    ['a\0b\u0007c\td', 'abc\td'],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴‍☠️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴☠'],
    ['١ İ', '١ İ'],
  ])('makes %j into %j', (text, composed) => {
    expect(compose(text)).toBe(composed);
  });

  it('leaves no invisible character, whatever it is made of', () => {
    for (let code = 0; code < 0x11_0000; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const composed = compose(String.fromCodePoint(code));
      if (/[\p{Default_Ignorable_Code_Point}\u2800]/u.test(composed)) expect.fail(`U+${code.toString(16)}`);
    }
  });
});

describe('composePlainly', () => {
  it('gives every digit of every script its value', () => {
    let row: string[] = [];
    for (let code = 0; code < 0x11_0000; code++) {
      const character = String.fromCodePoint(code);
      if (!/\p{Nd}/u.test(character)) continue;
      row.push(composePlainly(character));
      if (row.length < 10) continue;
      expect(row.join('')).toBe('0123456789');
      row = [];
    }
    expect(row).toEqual([]);
  });

  it('keeps the case of the Turkish letters and drops what they differ in', () => {
    expect(composePlainly('İIıi I\u0307 i\u0307')).toBe('IIii I i');
  });
});

describe('trimText', () => {
  it.each([
    ['  hi\n', 'hi'],
    ['\u2800\u3164\u200b\u3000hi\u00a0\ufeff\0', 'hi'],
    ['´hi´', '´hi´'],
    ['\u200b', ''],
    ['👍', '👍'],
    [' 🏴󠁧󠁢󠁥󠁮󠁧󠁿\u200b ', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['🏴\u{e0067}\u{e007f} \u{e0067}', '🏴\u{e0067}\u{e007f}'],
    ['🏴\u200b\u{e0067}', '🏴'],
    ['\u{e0067}', ''],
    ['hi\u{e0067}', 'hi'],
    ['yes ℹ️\u200b ', 'yes ℹ️'],
    ['yes ❤\ufe0e', 'yes ❤'],
    ['yes\ufe0f', 'yes'],
    ['', ''],
  ])('takes what is not seen from both ends of %j', (text, trimmed) => {
    expect(trimText(text)).toBe(trimmed);
  });
});
