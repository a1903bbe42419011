import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { render } from '../../lib/rules/actions/render.ts';
import { decide } from '../../lib/rules/decide.ts';
import type { RuleBook } from '../../lib/rules/types.ts';
import { normalizeText } from '../../lib/text/normalize-text.ts';
import { everyCharacter } from '../text/characters.ts';
import { bookOf, decideOn, messageAdded } from './support.ts';

/** A book with one rule for each of these conditions, called r0, r1 and so on. */
function bookFor(...conditions: readonly Readonly<Record<string, unknown>>[]): RuleBook {
  const rules = conditions.map(
    (when, at) => `{ id: r${at}, when: ${JSON.stringify(when)}, then: { text: yes } }`,
  );
  return bookOf(`{ version: 1, rules: [${rules.join(', ')}] }`);
}

function ruleFor(book: RuleBook, Body: string): string {
  const decision = decide(book, messageAdded({ Body }));
  return 'rule' in decision ? decision.rule : decision.outcome;
}

const matches = (when: Readonly<Record<string, unknown>>, Body: string) =>
  ruleFor(bookFor(when), Body) === 'r0';

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

describe('the letters i of Turkish', () => {
  it.each([
    ['iptal', 'İptal'],
    ['iptal', 'İPTAL'],
    ['İptal', 'iptal'],
    ['sipariş', 'SİPARİŞ'],
    ['istanbul', 'İstanbul'],
    ['ışık', 'IŞIK'],
    ['IŞIK', 'ışık'],
    ['ışık', 'Işık'],
    ['iptal', 'i\u0307ptal'],
  ])('let %s meet %s by keyword, includes and pattern', (written, body) => {
    expect(matches({ keyword: written }, body)).toBe(true);
    expect(matches({ includes: written }, `a ${body} b`)).toBe(true);
    expect(matches({ pattern: `^${written}$` }, body)).toBe(true);
  });
});

describe('digits of other scripts', () => {
  it.each(['١', '۱', '१', '๑', '１', '𝟙', '1️⃣', '①'])('%s is 1', (digit) => {
    expect(matches({ keyword: '1' }, digit)).toBe(true);
    expect(matches({ keyword: digit }, '1')).toBe(true);
    expect(matches({ includes: '1' }, `no ${digit} please`)).toBe(true);
    expect(matches({ pattern: '^[1-5]$' }, digit)).toBe(true);
    expect(matches({ pattern: `^${digit}$` }, '1')).toBe(true);
  });

  it('are found by \\d, and handed on as the customer wrote them', () => {
    const decision = decide(
      bookFor({ pattern: 'order (?<n>\\d{3,12})' }),
      messageAdded({ Body: 'order ١٢٣٤' }),
    );
    expect(decision).toMatchObject({ shares: [{ match: { n: '١٢٣٤' } }] });
  });

  it('are still of their script for a pattern that asks for it', () => {
    expect(matches({ pattern: '^[\\u0600-\\u06FF ]{1,20}$' }, 'طلب ١٢٣')).toBe(true);
    expect(matches({ pattern: '^[\\u0600-\\u06FF ]{1,20}$' }, '123')).toBe(false);
  });
});

describe('accents', () => {
  it.each([
    ['olá', 'ola'],
    ['información', 'informacion'],
    ['مرحبا', 'مَرْحَبًا'],
    ['مرحبا', 'مرحبـــا'],
    ['أهلا', 'اهلا'],
    ['שלום', 'שָׁלוֹם'],
  ])('are ignored by keyword and includes: %s, %s', (one, other) => {
    for (const [written, body] of [
      [one, other],
      [other, one],
    ] as const) {
      expect(matches({ keyword: written }, body)).toBe(true);
      expect(matches({ includes: written }, `x ${body} y`)).toBe(true);
    }
  });

  it.each([
    ['й', 'и'],
    ['ё', 'е'],
    ['कि', 'क'],
    ['น้ำ', 'นำ'],
  ])('are not what tells %s from %s', (one, other) => {
    expect(matches({ keyword: one }, other)).toBe(false);
  });

  it('yield to a rule that waits for the message with just these accents', () => {
    const book = bookFor({ keyword: 'si' }, { keyword: 'sí' });
    expect(ruleFor(book, 'sí')).toBe('r1');
    expect(ruleFor(book, 'SÍ!')).toBe('r1');
    expect(ruleFor(book, '"si\u0301" 👍')).toBe('r1');
    expect(ruleFor(book, 'si')).toBe('r0');
    expect(ruleFor(book, 'sì')).toBe('r0');
  });

  it('yield in includes as well', () => {
    const book = bookFor({ includes: 'si' }, { keyword: 'sí' });
    expect(ruleFor(book, 'sí')).toBe('r1');
    expect(ruleFor(book, 'sí, por favor')).toBe('r0');
    expect(ruleFor(bookFor({ includes: 'sí' }, { keyword: 'sí' }), 'sí')).toBe('r0');
  });

  it('are explained as they are decided', () => {
    const book = bookFor({ keyword: 'si' }, { keyword: 'sí' });
    const decision = decideOn(book, messageAdded({ Body: 'sí' }));
    expect(decision.considered.map(({ matched }) => matched)).toEqual([false, true]);
  });
});

describe('signs around and inside a keyword', () => {
  it.each([
    ['opt-in', 'opt‑in'],
    ['opt-in', 'opt–in'],
    ['opt—in', 'opt−in'],
    ["don't", 'don´t'],
    ['yes', '"YES"'],
    ['yes', '*yes*'],
    ['yes', '(yes)'],
    ['yes', 'YES 👍'],
    ['yes', 'yes ℹ️'],
    ['はい', 'はい ㊗️'],
    ['はい', 'はい〰️'],
    ['はい', 'はい〜'],
    ['Այո', 'այո՞'],
    ['1', '1)'],
    ['👍', '👍🏽'],
    ['❤', '❤️'],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁥󠁮󠁧󠁿!'],
  ])('%s takes %s', (keyword, body) => {
    expect(matches({ keyword }, body)).toBe(true);
    expect(matches({ keyword: body }, keyword)).toBe(true);
  });

  it.each(['\u2800hi', '\u3164hi', 'hi\u115f\u1160', 'hi\u034f', 'hi\u0000', 'hi\u{e0067}'])(
    'hi takes %j, whose other characters nobody sees',
    (body) => {
      expect(matches({ keyword: 'hi' }, body)).toBe(true);
      expect(matches({ pattern: '^hi$' }, body)).toBe(true);
    },
  );

  it('leave a message that is only emoji as it is', () => {
    expect(matches({ keyword: 'yes' }, '👍')).toBe(false);
    expect(matches({ keyword: '👍' }, '👍👍')).toBe(false);
  });
});

describe('whole words and whole emoji', () => {
  it.each([
    ['#1', 'we are 1', false],
    ['#1', 'we are #1', true],
    ['1', 'we are #1', true],
    ['order 1', 'my order #1', true],
    ['#1 order', 'a #1 #order', true],
    ['@bot', 'bot', false],
    ['@bot', 'ann@bot.example', false],
    ['@bot', 'hey @bot!', true],
    ['won', 'I won’t', false],
    ['won', 'I won', true],
    ["won't", 'I won’t', true],
    ['été', 'l’été', true],
    ['order', 'my order’s late', true],
    ['🇪🇫', 'ich 🇩🇪🇫🇷', false],
    ['🇫🇷', 'ich 🇩🇪🇫🇷', true],
    ['🇺🇸', '🇦🇺🇸🇬', false],
    ['💻', '👩‍💻', false],
    ['👩', '👩‍💻', false],
    ['👩‍💻', 'ok 👩🏽‍💻!', true],
    ['👍', 'ok👍🏽', true],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'go 🏴󠁧󠁢󠁥󠁮󠁧󠁿', true],
    ['🏴', 'go 🏴󠁧󠁢󠁥󠁮󠁧󠁿', false],
    ['❤️', 'I ❤ it', true],
    ['コーヒー', 'コーヒー2つください', true],
    ['ինչ', 'ի՞նչ արժե', true],
    ['メニュー', 'メニューA', true],
    ['〆切', '3〆切', true],
  ])('includes %s in %s: %s', (includes, body, expected) => {
    expect(matches({ includes }, body)).toBe(expected);
  });
});

describe('patterns with what composing changes', () => {
  it.each([
    ['^Info ℹ️$', 'Info ℹ️'],
    ['^(?:👍|❤️)$', '❤️'],
    ['^1️⃣$', '1️⃣'],
    ['^[1-5]️⃣$', '3️⃣'],
    ['👩‍💻', 'I am 👩‍💻'],
    ['^می‌خواهم', 'می‌خواهم بروم'],
    ['^cafe\u0301$', 'café'],
    ['^n[º°] ?(?<n>\\d{1,9})$', 'nº 123'],
    ['^n[º°] ?(?<n>\\d{1,9})$', 'n° 123'],
    ['^(?<n>\\d{1,9}) ?m²$', '80 m²'],
    ['^wait…$', 'wait…'],
    ['^½$', '½'],
    ['^(?:\\u00bd|¼) kg$', '¼ kg'],
    ['^[½¼] kg$', '¼ kg'],
    ['^ﬃ№$', 'ﬃ№'],
    ['^\\u{1f468}\\u200d\\u{1f4bb}$', '👨‍💻'],
  ])('%s matches %s', (pattern, body) => {
    expect(matches({ pattern }, body)).toBe(true);
  });

  it('match nothing that they did not match as they were written', () => {
    expect(matches({ pattern: '^wait…$' }, 'waitabc')).toBe(false);
    expect(matches({ pattern: '^[^½]$' }, '½')).toBe(false);
  });
});

describe('values', () => {
  it('are put in just as the customer wrote them', () => {
    const book = bookOf(`
version: 1
rules:
  - { id: name, when: { pattern: '^my name is (?<n>.{1,60})$' }, then: { text: 'Hello {{ match.n }}!' } }
`);
    const event = messageAdded({ Body: 'my name is علی‌رضا 👩‍💻 №5' });
    const decision = decide(book, event);
    if (decision.outcome !== 'reply') throw new Error(decision.outcome);
    const { steps } = render(book, decision, { event, now: 0 });
    expect(steps).toEqual([{ kind: 'text', Body: 'Hello علی‌رضا 👩‍💻 №5!' }]);
  });

  it('are whole characters as people see them', () => {
    const decision = decide(bookFor({ pattern: '(?<e>💻)' }), messageAdded({ Body: ' \u200b👩‍💻' }));
    expect(decision).toMatchObject({ shares: [{ match: { e: '👩‍💻' } }] });
  });
});

/** Text that authors and customers may well write, of any script. */
const word = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...'abcIiİısßéςΣй') },
      {
        weight: 2,
        arbitrary: fc.constantFrom(...everyCharacter().filter((one) => /[\p{L}\p{N}]/u.test(one))),
      },
      fc.constantFrom(
        'e\u0301',
        '👩‍💻',
        '❤️',
        '1️⃣',
        '🇩🇪',
        '👍🏽',
        '№',
        '½',
        '\u200c',
        'ㄱㅏ',
        '´',
        '.',
        '-',
        "'",
      ),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => /[\p{L}\p{N}]/u.test(normalizeText(text)));

describe('any text', () => {
  it('as a keyword matches itself in every case and composition, and with variation selectors', () => {
    fc.assert(
      fc.property(word, (text) => {
        const book = bookFor({ keyword: text });
        const forms = [
          text,
          text.toUpperCase(),
          text.toLowerCase(),
          text.normalize('NFD'),
          text.normalize('NFC'),
          // But for those that it makes an emoji of: ℹ is a letter, ℹ️ is not.
          [...text].map((one) => (/\p{Emoji}/u.test(one) ? one : `${one}\ufe0f`)).join(''),
          `“${text}” 👍`,
        ];
        for (const form of forms) expect([form, ruleFor(book, form)]).toEqual([form, 'r0']);
      }),
    );
  });

  it('as a pattern of nothing else matches itself', () => {
    fc.assert(
      fc.property(word, (text) => {
        const book = bookFor({ pattern: `^${escaped(text)}$` });
        expect(ruleFor(book, text)).toBe('r0');
        expect(ruleFor(book, text.normalize('NFD'))).toBe('r0');
      }),
      { numRuns: 40 },
    );
  });

  it('as a phrase is found in itself, and among other words', () => {
    fc.assert(
      fc.property(
        word.filter((text) => /[a-z0-9]/i.test(text)),
        (text) => {
          const book = bookFor({ includes: text });
          expect(ruleFor(book, text)).toBe('r0');
          expect(ruleFor(book, `well, ${text.toUpperCase()} then`)).toBe('r0');
        },
      ),
    );
  });

  it('in a capture is a part of what the customer wrote', () => {
    const book = bookFor({ pattern: '^(?<before>[^=]{1,60})=(?<n>.{1,60})$' });
    fc.assert(
      fc.property(word, word, (before, text) => {
        const body = `${before}=${text}`;
        const decision = decide(book, messageAdded({ Body: body }));
        expect(decision.outcome).toBe('reply');
        if (decision.outcome !== 'reply') return;
        for (const value of Object.values(decision.shares[0]?.match ?? {})) expect(body).toContain(value);
      }),
    );
  });
});
