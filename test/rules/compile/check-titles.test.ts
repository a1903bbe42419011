import { describe, expect, it } from 'vitest';
import { fileOf, findingsOf } from './findings.ts';

const HX = `HX${'a'.repeat(32)}`;

function notesOn(rules: readonly string[], ...titles: readonly string[]): readonly string[] {
  const content = { body: 'x', actions: titles.map((title) => ({ title })) };
  const text = JSON.stringify({ language: 'en', types: { 'twilio/quick-reply': content } });
  return findingsOf(fileOf(rules, `templates: { t: { sid: ${HX} } }\n`), {
    templates: new Map([['t', { file: 't.json', text }]]),
  });
}

const SEND = '{ id: send, when: { keyword: send }, then: { template: t } }';
const ASK = '{ id: ask, when: { keyword: ask }, then: { template: t, wait: 1d } }';
const takes = (when: string, id = 'take') => `{ id: ${id}, when: { ${when} }, then: { text: x } }`;

describe('a title that a template offers to tap', () => {
  it('is noted where no rule takes it', () => {
    expect(notesOn([SEND, takes('keyword: plants')], 'Plants', 'Orders', 'Hours')).toEqual([
      'note: 3:60 No rule takes "Orders" and "Hours", which the template "t" offers to tap. ' +
        'Write a rule with these keywords, or with what it is "after".',
    ]);
  });

  it.each([
    ['a keyword', [SEND, takes('keyword: orders')]],
    ['what it includes', [SEND, takes('includes: orders')]],
    ['a pattern', [SEND, takes('pattern: ^ord')]],
    ['an answer to the question that it asks', [ASK, takes('after: ask, keyword: orders')]],
    ['any answer', [ASK, takes('after: ask')]],
    [
      'an answer to the question that go_to leads to',
      [
        '{ id: s, when: { keyword: s }, then: [{ template: t }, { go_to: q }] }',
        '{ id: q, then: { text: Q?, wait: 1d } }',
        takes('after: q, keyword: orders'),
      ],
    ],
    [
      'an answer to a question that is kept',
      [
        '{ id: m, when: { keyword: m }, then: { text: M?, wait: { for: 1d, keep: true } } }',
        '{ id: s, when: { after: m, keyword: s }, then: { template: t } }',
        takes('after: m, keyword: orders'),
      ],
    ],
  ])('is taken by %s', (_, rules) => {
    expect(notesOn(rules, 'Orders')).toEqual([]);
  });

  it('is noted where only the answer to another question takes it', () => {
    const rules = [
      SEND,
      '{ id: q, when: { keyword: q }, then: { text: Q?, wait: 1d } }',
      takes('after: q, keyword: orders'),
    ];
    expect(notesOn(rules, 'Orders')).toHaveLength(1);
  });

  it('is not noted where it has a placeholder, and where a rule is broken, which may take it', () => {
    expect(notesOn([SEND], 'Order {{1}}').join()).not.toContain('No rule takes');
    expect(notesOn([SEND, takes('keyword: orders, channel: fax')], 'Orders').join()).not.toContain(
      'No rule takes',
    );
  });
});
