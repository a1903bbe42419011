import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText } from '../../lib/text/split-text.ts';

describe('splitText', () => {
  it('leaves a short text whole', () => {
    expect(splitText('hello', 10)).toEqual(['hello']);
    expect(splitText('1234567890', 10)).toEqual(['1234567890']);
    expect(splitText('', 10)).toEqual([]);
  });

  it.each([
    ['after a paragraph', 'Aaaa.\n\nBb. Cc dd ee', 14, ['Aaaa.\n\n', 'Bb. Cc dd ee']],
    [
      'after a sentence where no paragraph ends late enough',
      'A.\n\nBbbb bb. Cc dd',
      15,
      ['A.\n\nBbbb bb. ', 'Cc dd'],
    ],
    [
      'after a sentence where a paragraph ends early',
      'Yes.\n\nBbbb bbbb. Cc dd',
      17,
      ['Yes.\n\nBbbb bbbb. ', 'Cc dd'],
    ],
    ['after a sentence where a line ends early', 'Yes\nBbbb bbbb. Cc dd', 15, ['Yes\nBbbb bbbb. ', 'Cc dd']],
    ['after a word where a sentence ends early', 'Yes. Bb cccc dd', 13, ['Yes. Bb cccc ', 'dd']],
    ['after a word where a clause ends early', '好，bb cccc dd', 11, ['好，bb cccc ', 'dd']],
    ['after a paragraph, not a later line', 'Aaaa\n\nBbbb\nCc dd', 11, ['Aaaa\n\n', 'Bbbb\nCc dd']],
    ['after a line of nothing but a space', 'Aaaa\n \nBbbb\nCc dd', 12, ['Aaaa\n \n', 'Bbbb\nCc dd']],
    ['after a word, not a semicolon', 'Aaaa; bbbb cccc', 11, ['Aaaa; bbbb ', 'cccc']],
    [
      'after a word, not a semicolon behind a Greek sentence',
      'Ναι. Aaaa; bb cccc',
      14,
      ['Ναι. Aaaa; bb ', 'cccc'],
    ],
    ['after a clause, not a later word', 'Aaaa bbbb. cc dddddddd', 16, ['Aaaa bbbb. ', 'cc dddddddd']],
    ['after a clause that no space follows', '一二三四，五六七八', 7, ['一二三四，', '五六七八']],
    ['after a sentence before a short one', '一二三四。五。六七八', 6, ['一二三四。', '五。六七八']],
    ['not before the mark that closes a quotation', '一二，四。」五六', 5, ['一二，', '四。」五六']],
    [
      'after a sentence, not where a small letter follows the dot',
      'Aaaa bbbb. Cccc dddd. eeee ff',
      22,
      ['Aaaa bbbb. ', 'Cccc dddd. eeee ff'],
    ],
    [
      'after a sentence, not where a small letter follows the dot in brackets',
      'Aaaa bbbbbb. Cccc (dddd.) eeee ff',
      26,
      ['Aaaa bbbbbb. ', 'Cccc (dddd.) eeee ff'],
    ],
    [
      'after a question, whatever follows',
      'Aaaa bbbb. Cccc dddd? eeee ff',
      22,
      ['Aaaa bbbb. Cccc dddd? ', 'eeee ff'],
    ],
    [
      'after a dot that a capital follows',
      'Aaaa bbbb? Cccc dddd. Eeee ff',
      22,
      ['Aaaa bbbb? Cccc dddd. ', 'Eeee ff'],
    ],
    [
      'after a word behind a no-break space',
      'aaaa 12\u00a0km bb cccccc',
      15,
      ['aaaa 12\u00a0km bb ', 'cccccc'],
    ],
    ['not after a space with an accent', 'aa \u0301bbbbbbb', 6, ['aa \u0301bb', 'bbbbb']],
    ['after a line', 'Aaaa bbb\nCc dd ee', 12, ['Aaaa bbb\n', 'Cc dd ee']],
    ['after a quoted sentence', 'She said “no.” And left', 18, ['She said “no.” ', 'And left']],
    ['after a sentence that no space follows', '一二三四。五六七八', 7, ['一二三四。', '五六七八']],
    ['after a word where no sentence ends late enough', 'A. bb cccc dd', 12, ['A. bb cccc ', 'dd']],
    ['after a word, however early it ends', 'a bbbbbbbbbbbbb', 10, ['a ', 'bbbbbbbbbb', 'bbb']],
    ['anywhere in a word that is too long', 'abcdefghijklm', 5, ['abcde', 'fghij', 'klm']],
    ['between two emoji, not inside one', '👍🏽👍🏽👍🏽', 9, ['👍🏽👍🏽', '👍🏽']],
    ['before a letter with its accent', 'abce\u0301f', 4, ['abc', 'e\u0301f']],
    [
      'inside a grapheme only when it alone is too long',
      `a${'\u0301'.repeat(6)}`,
      4,
      ['a\u0301\u0301\u0301', '\u0301\u0301\u0301'],
    ],
    [
      'inside a grapheme that begins with a pair',
      `👨${'\u0301'.repeat(4)}`,
      4,
      ['👨\u0301\u0301', '\u0301\u0301'],
    ],
    ['inside a character where the limit is half of one', '👍', 1, ['\ud83d', '\udc4d']],
    ['not inside a character, even then', '👨‍👩‍👧', 4, ['👨‍', '👩‍', '👧']],
  ])('cuts %s', (_, text, limit, parts) => {
    expect(splitText(text, limit)).toEqual(parts);
  });

  it.each([
    ['Hindi', 'नमस्ते दुनिया। फिर मिलेंगे हम', 'नमस्ते दुनिया। '],
    ['Arabic', 'هل هذا جيد؟ نعم هو كذلك', 'هل هذا جيد؟ '],
    ['Urdu', 'یہ اچھا ہے۔ اور وہ بھی', 'یہ اچھا ہے۔ '],
    ['Amharic', 'ሰላም ለሁሉ። እንዴት ነህ ዛሬ', 'ሰላም ለሁሉ። '],
    ['Burmese', 'မင်္ဂလာပါ။ နေကောင်းလား', 'မင်္ဂလာပါ။ '],
    ['Khmer', 'សួស្តីអ្នក។ តើសុខសប្បាយ', 'សួស្តីអ្នក។ '],
    ['Armenian', 'Բարեւ ձեզ։ Ինչպես եք դուք', 'Բարեւ ձեզ։ '],
    ['Tibetan', 'བཀྲ་ཤིས་བདེ།ལེགས་ཤིས', 'བཀྲ་ཤིས་བདེ།'],
    ['Chinese, with the quotation mark that closes it', '他说：「好的。」然后走了出去', '他说：「好的。」'],
    ['Japanese', 'お元気ですか？はい、元気です', 'お元気ですか？'],
    ['Greek', 'Θέλετε κάτι; Πες το μας', 'Θέλετε κάτι; '],
    ['Greek, with its own mark', 'Θέλετε κάτι\u037e Πες το μας', 'Θέλετε κάτι\u037e '],
    ['Greek, quoted', '«Θέλετε κάτι;» Πες το μας', '«Θέλετε κάτι;» '],
    ['Greek, after a word of Latin', 'Είστε στο Facebook; Πες το μας', 'Είστε στο Facebook; '],
    ['Greek, after a number', 'Στις 10.30; Πες το μας', 'Στις 10.30; '],
  ])('ends a part with a sentence in %s', (_, whole, first) => {
    expect(splitText(whole, first.length + 5)[0]).toBe(first);
  });

  // Only white space ended a word, so that a long text was cut inside one in scripts that write none between words.
  it.each([
    ['Khmer', 'ខ្ញុំ\u200bចង់\u200bទិញអាវ', 'ខ្ញុំ\u200bចង់\u200b'],
    ['Thai', 'ฉัน\u200bต้องการ\u200bซื้อเสื้อ', 'ฉัน\u200bต้องการ\u200b'],
    ['Tibetan', 'བཀྲ་ཤིས་བདེལེགས', 'བཀྲ་ཤིས་'],
    ['Amharic', 'ሰላም፡ለሁሉ፡እንዴትነህ', 'ሰላም፡ለሁሉ፡'],
    ['Amharic with its old full stop', 'ሰላም፡ለሁሉ፡፡እንዴት', 'ሰላም፡ለሁሉ፡፡'],
  ])('ends a part with a word in %s', (_, whole, first) => {
    expect(splitText(whole, first.length + 2)[0]).toBe(first);
  });

  it.each([
    ['a sentence of Khmer', 'សួស្តី។\u200bតើ\u200bសុខ', 12, 'សួស្តី។\u200b'],
    ['a sentence of Tibetan', 'བཀྲ་ཤིས། བདེ་ལེགས', 14, 'བཀྲ་ཤིས། '],
    ['an abbreviation', 'Wir fragen Dr.\u200bAdler', 19, 'Wir fragen '],
    ['the mark of a word before the end of a sentence', 'ཀ་ཀང་།བདེ', 5, 'ཀ་'],
    ['half of the old full stop of Amharic', 'ለ፡ሁሉ፡፡እን', 5, 'ለ፡'],
  ])('sees that %s ends or goes on there', (_, whole, limit, first) => {
    expect(splitText(whole, limit)[0]).toBe(first);
  });

  it.each([
    ['an amount', 'It costs EUR 1.50. Then more', ['It costs EUR 1.50. ', 'Then more']],
    ['a year', 'That was in 2024. Now more', ['That was in 2024. ', 'Now more']],
    ['an ellipsis before a capital', 'We will see... Then more', ['We will see... ', 'Then more']],
    ['no., where no number follows', 'Please say no. Then more', ['Please say no. ', 'Then more']],
    ['markup', 'This is *it.* Then more', ['This is *it.* ', 'Then more']],
  ])('knows the end of a sentence after %s', (_, whole, parts) => {
    expect(splitText(whole, 20)).toEqual(parts);
  });

  it.each([
    [
      'a web address',
      'Look at https://a.example/b.c?d=1.5 today',
      32,
      ['Look at ', 'https://a.example/b.c?d=1.5 ', 'today'],
    ],
    ['a decimal', 'aaaa bbbb cccc 12.50 dd', 19, ['aaaa bbbb cccc ', '12.50 dd']],
    ['a no-break space', 'aaaa bbbb 12\u00a0km away', 14, ['aaaa bbbb ', '12\u00a0km away']],
  ])('does not cut inside %s', (_, whole, limit, parts) => {
    expect(splitText(whole, limit)).toEqual(parts);
  });

  // A line break that came after a short number, a letter or a Roman number was no place to cut, so that replies of such
  // lines were cut inside one.
  it.each([
    ['a number in brackets', 'Cheese plant, in a pot (size 24)'],
    ['a number and a full stop', 'You find it on shelf 24.'],
    ['a letter', 'This is rich in vitamin C.'],
    ['a Roman number', 'It was built by Henry VIII.'],
    ['an abbreviation', 'Pots, pans, plates etc.'],
    ['a number alone', '24.'],
    ['white space after the number', 'You find it on shelf 24. '],
  ])('ends a part with a line, or a paragraph, that ends with %s', (_, line) => {
    const text = 'Words '.repeat(8) + line;
    const limit = 2 * text.length + 12;
    for (const between of ['\n', '\r\n', '\u2028', '\n\n', '\r\n\r\n', '\u2029']) {
      const parts = splitText([text, text, text].join(between), limit);
      expect(parts).toEqual([`${text}${between}${text}${between}`, text]);
    }
  });

  it('prefers a line to a later sentence', () => {
    expect(splitText('Aaaa bbb\nCc. Dd ee ff gg', 15)).toEqual(['Aaaa bbb\n', 'Cc. Dd ee ff gg']);
  });

  it('takes a paragraph in the line ends of Windows', () => {
    expect(splitText('Aaaa.\r\n\r\nBb. Cc dd ee', 16)).toEqual(['Aaaa.\r\n\r\n', 'Bb. Cc dd ee']);
  });

  const text = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom(' ', '. ', '\n\n', '👍🏽', 'word ', '。', '\n', '1) ', 'Dr. ', '\r\n', '」', '।'),
      ),
    )
    .map((parts) => parts.join(''));

  it('loses nothing, keeps the order, and stays within the limit in units and in code points', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 30, max: 200 }), (whole, limit) => {
        const parts = splitText(whole, limit);
        expect(parts.join('')).toBe(whole);
        for (const part of parts) {
          expect(part.length).toBeGreaterThan(0);
          expect(part.length).toBeLessThanOrEqual(limit);
          expect([...part].length).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });

  it('never cuts inside a grapheme that fits', () => {
    const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
    fc.assert(
      fc.property(text, fc.integer({ min: 30, max: 60 }), (whole, limit) => {
        const segments = [...graphemes.segment(whole)];
        fc.pre(segments.every(({ segment }) => segment.length <= limit));
        const starts = new Set(segments.map(({ index }) => index));
        let at = 0;
        for (const part of splitText(whole, limit)) {
          expect(starts.has(at)).toBe(true);
          at += part.length;
        }
      }),
    );
  });
});
