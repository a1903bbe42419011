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
    ['Dr.', 'We have met Dr. Smith here', ['We have met ', 'Dr. Smith here']],
    [
      'several in a row',
      'There was Mr. J. R. R. Tolkien in it',
      ['There was ', 'Mr. J. R. R. Tolkien ', 'in it'],
    ],
    ['a German one', 'Das gilt usw. Auch hier', ['Das gilt ', 'usw. Auch hier']],
    ['one of letters', 'Nimm Obst, z. B. Birnen', ['Nimm Obst, ', 'z. B. Birnen']],
    ['a French one', 'Demandez Mme. Durand', ['Demandez ', 'Mme. Durand']],
    ['a Russian one', 'Живу на ул. Ленина тут', ['Живу на ', 'ул. Ленина тут']],
    ['no. before a number', 'Please call No. 5 today', ['Please call ', 'No. 5 today']],
    ['№', 'заказ номер № 5 готов', ['заказ номер ', '№ 5 готов']],
    ['the number of a day', 'Wir feiern 3. Mai mit', ['Wir feiern ', '3. Mai mit']],
    ['a Roman number', 'Es war Karl VIII. von', ['Es war Karl ', 'VIII. von']],
  ])('does not cut after %s', (_, whole, parts) => {
    expect(
      splitText(
        whole,
        parts.reduce((most, part) => Math.max(most, part.trimEnd().length + 1), 15),
      ),
    ).toEqual(parts);
  });

  // A cut came between a title and its name, wherever the abbreviation was not in the list.
  it.each(
    [
      'Mt. Co. Corp. Bros. Sen. Gov. Col. Maj. Rep. hrs. mins. Blvd. Esq. Bldg. Ph.D. M.D. Th.S.',
      'Std. Stk. Abt. Bhf. MwSt. Jh. geb. Inh. Dr.med. Tel.-Nr. Dipl.-Ing. n.Chr. u.dgl. Gebr. Fa.',
      'Ste. Bd. Tél. Réf. av.J.-C. Ltda. Lic. Arq. p.ej. EE.UU. RR.HH. Avda. Hnos. Cía. Pça. Eng.',
      'Spett. Sig. Geom. Arch. bv. o.a. zgn. tys. m.in. św. mj. PhDr. cca. Kft. Zrt. krt.',
      'Şti. Av. Müh. им. т.е. моб. пер. f.eks. bl.a. fr.o.m. tlf. Jl. Rp. Yth.',
    ].flatMap((line) => line.split(' ')),
  )('does not cut after %s', (abbreviation) => {
    expect(splitText(`Aaaa bbbb ${abbreviation} Cccc dd`, 12 + abbreviation.length)[0]).toBe('Aaaa bbbb ');
  });

  it.each(['EE. UU.', 'p. ej.', 'v. Chr.', 'z. Hd.', 'Dr. med.', 'Dr. rer. nat.', 'Ph. D.'])(
    'does not cut after any part of %s',
    (abbreviation) => {
      const whole = `Aaaa bbbb ${abbreviation} Cccc dd`;
      for (let limit = 12; limit < whole.indexOf('Cccc') + 4; limit++) {
        expect(splitText(whole, limit)[0]).toBe('Aaaa bbbb ');
      }
    },
  );

  // Each is an abbreviation in other case, in another language or before a number.
  it.each([
    'Wiem co.',
    'Nerede sen.',
    'Den 4 maj.',
    'Kontakt os.',
    'Das ist eng.',
    'Tag det med.',
    'Creo que así es.',
    'That is ok.',
    'I am ill.',
    'See Dr. Lee.',
    'It is plan B. Ok.',
    'It is on x.com.',
    'It is on parley.io.',
    'Es steht auf mobil.de.',
  ])('knows the end of a sentence in: %s', (sentence) => {
    expect(splitText(`${sentence} Aaaa bbbb cccc dddd`, sentence.length + 10)[0]).toBe(`${sentence} `);
  });

  it.each([
    '47. ',
    '1) ',
    '(3) ',
    'a) ',
    'iv. ',
    'XII. ',
    '2.1 ',
    '2.1. ',
    '1️⃣ ',
    '٣. ',
    '१) ',
    '- ',
    '• ',
    '– ',
  ])('does not cut between %sand what it numbers', (head) => {
    const item = `${head}${'x'.repeat(12)}`;
    const list = `${'y'.repeat(18)} z\n${item}\n${item}`;
    for (let limit = item.length + 1; limit < list.length; limit++) {
      for (const part of splitText(list, limit).slice(0, -1)) {
        expect(part.endsWith(head) && part !== head, `${limit}: ${part}`).toBe(false);
      }
    }
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
