import { describe, expect, it } from 'vitest';
import { notePattern } from '../../../lib/rules/compile/note-pattern.ts';

describe('a note on \\b', () => {
  it.each([
    ['\\bрусский\\b', 'р'],
    ['\\bété\\b', 'é'],
    ['(?<word>thé)\\b', 'é'],
    ['\\b(?:hiver|été)', 'é'],
    ['\\bx?é', 'é'],
    ['\\b\\p{L}{1,9}', '\\p{L}'],
    ['\\b[a-zé]{1,9}', '[a-zé]'],
    ['é{2}\\b', 'é'],
    ['(?:x|ы)+(?=y)\\b', 'ы'],
    ['(?:\\b)é', 'é'],
  ])('%s names what stands beside it', (source, beside) => {
    expect(notePattern(source)).toEqual([
      `\\b knows only the letters A to Z, so beside ${beside} it does not stand for the edge of a word. ` +
        'Write (?<![\\p{L}\\p{M}]) before the word, and (?![\\p{L}\\p{M}]) after it.',
    ]);
  });

  it.each([
    ['\\bcat\\b'],
    ['\\bhi\\b été'],
    ['\\b\\d{1,9}\\b'],
    ['\\b.{1,9}'],
    ['\\b[^a]'],
    ['été'],
    ['\\b'],
    ['\\b👍'],
    ['('],
  ])('is not made of %s', (source) => {
    expect(notePattern(source)).toEqual([]);
  });

  it('names \\B by itself', () => {
    expect(notePattern('\\Bé')[0]).toMatch(/^\\B knows/);
  });
});

describe('a note on a straight apostrophe', () => {
  it.each([["^i'd like (?<n>.{1,40})$"], ["don['x]t"], ["a(?:'|x)b"], ["'|x"], ["(?:'s|’)"]])(
    'is made of %s',
    (source) => {
      expect(notePattern(source)).toEqual([
        "A straight apostrophe matches only itself, and phones write ’. Write ['’] to take both.",
      ]);
    },
  );

  it.each([["^i['’]d"], ["i(?:'|’)d"], ["i(?:'|[’`])d"], ["[\\u0000-\\uffff']"], ['i’d']])(
    'is not made of %s',
    (source) => {
      expect(notePattern(source)).toEqual([]);
    },
  );
});
