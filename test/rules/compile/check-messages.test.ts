import { describe, expect, it } from 'vitest';
import { fileOf, findingsOf } from './findings.ts';

const texts = (count: number, more = '') =>
  `[${Array.from({ length: count }, (_, at) => `{ text: x${at === 0 ? more : ''} }`).join(', ')}]`;

describe('an answer', () => {
  it('may be ten messages', () => {
    expect(findingsOf(fileOf([`{ id: a, when: { keyword: a }, then: ${texts(10)} }`]))).toEqual([]);
  });

  it('is refused with eleven', () => {
    expect(findingsOf(fileOf([`{ id: a, when: { keyword: a }, then: ${texts(11)} }`]))).toEqual([
      '3:42 This may answer one message with 11; at most 10 are allowed. Say it in fewer, or shorten what is split.',
    ]);
  });

  it('is refused with eleven that go_to adds up', () => {
    const rules = [
      `{ id: a, when: { keyword: a }, then: ${texts(6).replace(']', ', { go_to: b }]')} }`,
      `{ id: b, then: ${texts(5)} }`,
    ];
    expect(findingsOf(fileOf(rules))).toEqual([expect.stringMatching(/^3:42 .* with 11; at most 10/)]);
  });

  it('is refused with eleven parts of a text that is split', () => {
    const long = 'word '.repeat(3_400);
    const file = `version: 1\nrules:\n  - id: a\n    when: { keyword: a }\n    then: { split: true, text: '${long}' }\n`;
    expect(findingsOf(file)).toEqual([expect.stringMatching(/^5:11 .* with 11; at most 10/)]);
  });

  it('is refused with eleven that rules which continue add up, but not more than three of them', () => {
    const on = (id: string) => `{ id: ${id}, when: {}, then: ${texts(2, ', continue: true')} }`;
    const rules = [on('c1'), on('c2'), on('c3'), on('c4')];
    const isOfLength = (one: string) => one.includes('may answer one message with');
    const refused = (last: string) =>
      findingsOf(fileOf([...rules, `{ id: a, when: { keyword: a }, then: ${last} }`])).filter(isOfLength);
    expect(refused(texts(4))).toEqual([]);
    expect(refused(texts(5))).toEqual([
      expect.stringMatching(
        /^7:42 This may answer one message with 11, 6 of them by rules above that continue;/,
      ),
    ]);
  });

  it.each([
    ['keywords', ['keyword: a', 'keyword: b', 'keyword: [c, d]'], 'keyword: d'],
    ['hours of each other', ['open: shop', 'closed: shop', 'keyword: z'], 'keyword: a'],
    ['languages of each other', ['where: { language: en }', 'where: { language: de }'], 'keyword: a'],
  ])('does not add what rules that continue say where %s shut them out', (_, conditions, last) => {
    const on = (when: string, place: number) =>
      `{ id: c${place}, when: { ${when} }, then: ${texts(4, ', continue: true')} }`;
    const file = fileOf(
      [...conditions.map(on), `{ id: last, when: { ${last} }, then: ${texts(5)} }`],
      'hours: { shop: { mon: 09:00-17:00 } }\nlanguages: [en, de]\n',
    );
    expect(findingsOf(file)).toEqual([]);
  });

  it('adds only what can be said of one message: by day or by night, on one channel', () => {
    const rules = [
      `{ id: day, when: { open: h }, then: ${texts(4, ', continue: true')} }`,
      `{ id: sms, when: { channel: sms }, then: ${texts(4, ', continue: true')} }`,
      `{ id: night, when: { closed: h, channel: chat }, then: ${texts(7)} }`,
    ];
    expect(findingsOf(fileOf(rules, 'hours: { h: { mon: 09:00-17:00 } }\n'))).toEqual([]);
  });
});
