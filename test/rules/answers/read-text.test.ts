import { describe, expect, it } from 'vitest';
import { readText } from '../../../lib/rules/answers/read-text.ts';

describe('readText', () => {
  it.each([
    ['Ana', 'Ana'],
    ['  Ana  Berg\n', 'Ana  Berg'],
    ['\u200b\u2800"Ana!"\u00a0', '"Ana!"'],
    ['two\nlines', 'two\nlines'],
    ['7', '7'],
    ['٣', '٣'],
    ['½', '½'],
    ['안녕', '안녕'],
    ['👍🏽', '👍🏽'],
    ['🇩🇪', '🇩🇪'],
    ['❤️', '❤️'],
    ['#️⃣', '#️⃣'],
    ['a'.repeat(256), 'a'.repeat(256)],
    ['👍'.repeat(128), '👍'.repeat(128)],
    [` ${'a'.repeat(256)} `, 'a'.repeat(256)],
  ])('takes %j as it is written', (message, value) => {
    expect(readText(message)).toBe(value);
  });

  it.each([
    ['', 'nothing'],
    [' \n\u2800\u200b', 'nothing to see'],
    ['?', 'a sign'],
    ['...', 'dots'],
    ['-- !!', 'signs'],
    ['©', 'a sign that could be a picture'],
    ['‼️', 'a sign that could be a picture'],
    ['a'.repeat(257), 'too long'],
    // Taken once, and longer than a variable may be: the customer got no answer.
    ['👍'.repeat(129), 'too many emoji'],
  ])('does not take %j: %s', (message) => {
    expect(readText(message)).toBeUndefined();
  });
});
