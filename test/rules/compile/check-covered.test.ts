import { describe, expect, it } from 'vitest';
import { fileOf, findingsOf } from './findings.ts';

const rule = (id: string, when: string, then = '{ text: x }') =>
  `{ id: ${id}, when: { ${when} }, then: ${then} }`;
const ASK = rule('ask', 'keyword: ask', '{ text: Q?, wait: 1d }');

describe('a rule', () => {
  it.each([
    ['number', 'after: ask, answer: number', 'after: ask, answer: 1..5'],
    ['a wider range', 'after: ask, answer: 0..10', 'after: ask, answer: [2..4, ..1]'],
    ['any text', 'after: ask, answer: text', 'after: ask, answer: number'],
    ['one of several kinds', 'after: ask, answer: ["yes", "no"]', 'after: ask, answer: "yes"'],
    ['whatever is answered', 'after: ask', 'after: ask, answer: email'],
    ['any file', 'media: true', 'media: image/*'],
    ['files of a kind', 'media: [image/*, audio/*]', 'media: image/png'],
    ['the same files', 'media: image/*', 'media: image/*'],
    ['the same pattern', 'pattern: ^order', 'pattern: ^order, channel: sms'],
    ['more words', 'includes: [price, cost]', 'includes: [Cost]'],
    ['more near words', 'near: [refund, order]', 'near: order'],
    ['more values', 'where: { language: [de, en] }', 'where: { language: de }, media: true'],
    ['one of the values that may be there', 'has: [language, text]', 'has: language'],
    ['a shorter silence', 'first: 7d', 'first: true'],
  ])('is noted where an earlier one takes %s', (_, earlier, later) => {
    const more = 'languages: [en, de]\n';
    expect(findingsOf(fileOf([ASK, rule('a', earlier), rule('b', later)], more))).toContain(
      'note: 5:11 The rule "b" is not reached: "a" in line 4 takes all that it waits for. Move it above that one, or leave it out.',
    );
  });

  it.each([
    ['continues', 'includes: open', 'includes: open', '{ text: x, continue: true }'],
    ['speaks once in a while', 'includes: open, once: 1d', 'includes: open'],
    ['asks for more', 'includes: open, media: true', 'includes: open'],
    ['is for another channel', 'includes: open, channel: sms', 'includes: open'],
    ['takes fewer numbers', 'after: ask, answer: 1..5', 'after: ask, answer: 1..6'],
    ['takes no numbers above', 'after: ask, answer: ..5', 'after: ask, answer: 5..'],
    ['takes another kind', 'after: ask, answer: email', 'after: ask, answer: [email, phone]'],
    ['forgives fewer slips', 'near: Fuß', 'near: fuss'],
    ['takes one kind of file', 'media: image/*', 'media: true'],
    ['takes messages with a file', 'media: true', 'media: false'],
    ['takes a longer silence', 'first: 8d', 'first: 7d'],
    ['has words of its own', 'includes: open', 'media: true'],
  ])('is not noted where the earlier one %s', (_, earlier, later, then = '{ text: x }') => {
    expect(
      findingsOf(fileOf([ASK, rule('a', earlier, then), rule('b', later)])).filter((one) =>
        one.includes('is not reached'),
      ),
    ).toEqual([]);
  });
});

describe('an item of an "otherwise"', () => {
  const asking = (
    items: string,
    more: readonly string[] = ['{ id: a, when: { after: q, answer: number }, then: { text: x } }'],
  ) => fileOf([`{ id: q, then: { text: Q?, wait: 1d }, otherwise: ${items} }`, ...more]);

  it('is noted where fewer misses are asked before it', () => {
    const items = '[{ when: { misses: 1 }, then: { text: x } }, { when: { misses: 2 }, then: { text: y } }]';
    expect(findingsOf(asking(items))).toEqual([
      'note: 3:108 This item is not reached: item 1 takes all that it waits for. Move it above that one, or leave it out.',
    ]);
  });

  it('is noted in the otherwise of the file', () => {
    const more =
      'otherwise:\n  - { when: { media: true }, then: { text: x } }\n  - { when: { media: image/*, keyword: x }, then: { text: y } }\n';
    expect(findingsOf(fileOf([rule('a', 'keyword: a')], more))).toEqual([
      'note: 6:13 This item is not reached: item 1 takes all that it waits for. Move it above that one, or leave it out.',
    ]);
  });

  it('is not noted where more misses are asked before it', () => {
    const items = '[{ when: { misses: 2 }, then: { text: x } }, { when: { misses: 1 }, then: { text: y } }]';
    expect(findingsOf(asking(items))).toEqual([]);
  });

  it('is noted where a rule takes whatever is answered', () => {
    const any = ['{ id: any, when: { after: q }, then: { text: x } }'];
    expect(findingsOf(asking('{ text: x }', any))).toEqual([
      'note: 3:55 This "otherwise" is not reached: "any" in line 4 takes whatever is answered. Say there what it waits for, or leave "otherwise" out.',
    ]);
  });

  it.each(['when: {}', 'when: { event: onMessageAdded }'])(
    'is noted where a rule takes every message (%s), below or above the question',
    (when) => {
      const answer = '{ id: a, when: { after: q, answer: number }, then: { text: x } }';
      const any = `{ id: any, ${when}, then: { text: x } }`;
      const noted = (line: number) =>
        `note: 3:55 This "otherwise" is not reached: "any" in line ${line} takes whatever is answered. Say there what it waits for, or leave "otherwise" out.`;
      expect(findingsOf(asking('{ text: x }', [answer, any]))).toEqual([noted(5)]);
      const nobody = findingsOf(
        fileOf([any, '{ id: q, then: { text: Q?, wait: 1d }, otherwise: { text: x } }']),
      );
      expect(nobody.some((one) => one.includes('"any" in line 3 takes whatever is answered'))).toBe(true);
    },
  );

  it('is noted in the file where a rule takes every message', () => {
    const rules = [rule('a', 'keyword: a'), '{ id: any, when: {}, then: { text: x } }'];
    expect(findingsOf(fileOf(rules, 'otherwise: { text: y }\n'))).toEqual([
      'note: 5:12 This "otherwise" is not reached: "any" in line 4 takes every message. Say there what it waits for, or leave "otherwise" out.',
    ]);
  });

  it.each([
    ['is for one channel', '{ id: any, when: { channel: sms }, then: { text: x } }'],
    ['is for another event', '{ id: any, when: { event: onParticipantAdded }, then: { text: x } }'],
    ['lets others speak too', '{ id: any, when: {}, then: { text: x, continue: true } }'],
    ['speaks once in a while', '{ id: any, when: { once: 1d }, then: { text: x } }'],
  ])('is not noted where such a rule %s', (_, any) => {
    const answer = '{ id: a, when: { after: q, answer: number }, then: { text: x } }';
    const question = '{ id: q, then: { text: Q?, wait: 1d }, otherwise: { text: x } }';
    expect(findingsOf(fileOf([question, answer, any], 'otherwise: { text: y }\n'))).toEqual([]);
  });

  it('is noted below an item whose "when" asks for nothing', () => {
    const items = '[{ when: {}, then: { text: x } }, { then: { text: y } }]';
    expect(findingsOf(asking(items))).toEqual([
      expect.stringContaining('This item is not reached: item 1 takes all that it waits for.'),
    ]);
  });
});
