import { describe, expect, it } from 'vitest';
import { fileOf, findingsOf } from './findings.ts';

const near = (id: string, words: string, more = '') =>
  `{ id: ${id}, when: { near: ${words}${more} }, then: { text: x } }`;

describe('two near words of different rules', () => {
  it('are noted within the sum of their slips', () => {
    expect(findingsOf(fileOf([near('a', 'delivery'), near('b', '[menu, deliver]')]))).toEqual([
      'note: 4:35 What is written may be near both "deliver" and "delivery" of the rule "a" in line 3, which then takes ' +
        'it. Keep as "near" the one that people mistype.',
    ]);
  });

  it.each([
    ['are further apart', near('a', 'delivery'), near('b', 'opening')],
    ['have other digits', near('a', 'order 1'), near('b', 'order 2')],
    ['are short', near('a', 'yes'), near('b', 'yet')],
    [
      'are for different channels',
      near('a', 'delivery', ', channel: sms'),
      near('b', 'deliver', ', channel: chat'),
    ],
  ])('are not noted where they %s', (_, one, other) => {
    const findings = findingsOf(fileOf([one, other]));
    expect(findings.filter((finding) => finding.includes('may be near both'))).toEqual([]);
  });

  it('are not noted within one rule', () => {
    expect(findingsOf(fileOf([near('a', '[delivery, deliver]')]))).toEqual([]);
  });
});
