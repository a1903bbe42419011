import { describe, expect, it } from 'vitest';
import { tolerated } from '../../../lib/rules/compile/tolerated.ts';

describe('tolerated', () => {
  it.each([
    ['', 0],
    ['yes', 0],
    ['menu', 1],
    ['deliver', 1],
    ['delivery', 2],
    ['opening hours', 2],
    ['a-b-c 1234', 0],
    ['👍👍👍👍', 0],
  ])('says by the letters how many slips %j allows: %i', (written, slips) => {
    expect(tolerated(written)).toBe(slips);
  });

  // Letters were counted once they were compared, when some are several, and some are none.
  it.each([
    ['ß', 'ß'],
    ['a small ligature', 'ﬁ'],
    ['a digraph', 'ĳ'],
    ['an Arabic ligature', 'ﷺ'],
    ['an Armenian ligature', 'և'],
    ['a letter with an apostrophe', 'ŉ'],
    ['a full-width letter', 'Ｆ'],
    ['a letter in a circle', 'ⓗ'],
    ['a letter and its accent', 'e\u0301'],
    ['a letter and an accent that it never joins', 'm\u0303'],
    ['a letter and several', 'o\u0323\u0302\u0301'],
    ['a Turkish capital', 'İ'],
    ['Hangul in pieces', '\u1112\u1161\u11ab'],
    ['Hangul on its own', 'ㅎ'],
    ['half-width kana with its mark', 'ｶﾞ'],
    ['kana and its mark', 'か\u309a'],
    ['a Hindi letter with its dot', '\u0958'],
    ['the same in pieces', '\u0915\u093c'],
    ['an Arabic letter with its vowel mark', 'ب\u064e'],
    ['a Hebrew letter with its points', '\ufb2c'],
    ['a joiner after a letter', 'ب\u200c'],
  ])('counts one letter for %s', (_, letter) => {
    for (const [times, slips] of [0, 0, 0, 0, 1, 1, 1, 1, 2].entries()) {
      expect(tolerated(Array(times).fill(letter).join(' '))).toBe(slips);
    }
  });

  it.each([
    ['a stretched Arabic word', 'نعـــم', 0],
    ['an apostrophe of its own code', 'yesʼ', 0],
    ['an emoji that is a letter', 'hey ℹ️', 0],
    ['a Thai vowel of two parts', 'ทำน', 0],
    ['a variation selector', 'yes\ufe0f', 0],
    ['vowels of Hindi, which are marks', 'नमस्ते', 1],
  ])('counts what is seen as letters in %s', (_, written, slips) => {
    expect(tolerated(written)).toBe(slips);
  });
});
