import { describe, expect, it } from 'vitest';
import { ask, compiled, holds, notesOf, problemsOf } from './ask.ts';

describe('keyword', () => {
  it.each([
    ['hi', 'Hi!!', true],
    ['hi', 'hi there', false],
    ['hi', '  *hi*  ', true],
    ['hi', '"hi" 👋🏽', true],
    ['1', '1)', true],
    ['1', '1️⃣', true],
    ['1', '١', true],
    ['1', '01', false],
    ['007', '007', true],
    ['007', '7', false],
    ['1.0', '1.0', true],
    ['1.0', '1', false],
    ['I', 'ı', true],
    ['İptal', 'IPTAL', true],
    ['straße', 'STRASSE', true],
    ['sí', 'si', true],
    ['ёлка', 'елка', false],
    ['it’s on', "It's  on.", true],
    ['👍', '👍🏿', true],
    ['?', '?', true],
    ['yes', 'no', false],
  ])('%s, said %s: %s', (keyword, body, expected) => {
    expect(holds(`{ keyword: ${JSON.stringify(keyword)} }`, body)).toBe(expected);
    expect(holds(`{ keyword: [nothing, ${JSON.stringify(keyword)}] }`, body)).toBe(expected);
  });

  it('ignores accents only where the message is not itself a keyword of the file', () => {
    const beside = (rule: string) => ({ rules: [rule] });
    expect(
      holds(
        '{ keyword: sí }',
        'si',
        beside('{ id: a, when: { channel: sms, keyword: si }, then: { text: a } }'),
      ),
    ).toBe(false);
    expect(
      holds(
        '{ keyword: sí }',
        'SÍ',
        beside('{ id: a, when: { channel: sms, keyword: si }, then: { text: a } }'),
      ),
    ).toBe(true);
    const otherwise = { top: 'otherwise: [{ when: { keyword: si }, then: { text: b } }]' };
    expect(holds('{ keyword: sí }', 'si', otherwise)).toBe(false);
  });

  it('quotes the rule, never the customer', () => {
    expect(ask('{ keyword: Hi! }', '*HI*')?.why).toBe('keyword: the message is "hi"');
    expect(ask('{ keyword: [hi, hello] }', 'CANARY')?.why).toBe(
      'keyword: the message is none of "hi", "hello"',
    );
  });

  it('is compared as it is normalised, and kept once', () => {
    expect(compiled('{ keyword: [Hi, "hi!", HI] }')?.keyword).toEqual(['hi']);
  });

  it.each([
    ['{ keyword: "" }', 'This is empty. Write what to look for.'],
    ['{ keyword: [] }', 'This list is empty. Give at least one item, or leave the key out.'],
    ['{ keyword: true }', 'This must be text, not true. Put it in quotes: "true"'],
    ['{ keyword: "\\u200b" }', 'There is nothing to see in this keyword. Write what to look for.'],
    [`{ keyword: ${'x'.repeat(1_001)} }`, 'This is longer than 1000 characters.'],
    [
      '{ event: onConversationAdded, keyword: hi }',
      '"keyword" asks about a message, and onConversationAdded carries none. Give that event a rule of its own.',
    ],
  ])('refuses %s', (when, problem) => {
    expect(problemsOf(when)).toEqual([problem]);
  });

  it('is noted where somebody else answers the word', () => {
    expect(notesOf('{ keyword: Help }')).toEqual([
      '"Help" does not always reach this rule: Twilio or the carrier answers it on sms, rcs.',
    ]);
    expect(notesOf('{ keyword: stop, channel: sms }')).toEqual([
      '"stop" never reaches this rule: Twilio or the carrier answers it on sms.',
    ]);
    expect(notesOf('{ keyword: yes }')).toEqual([]);
  });
});
