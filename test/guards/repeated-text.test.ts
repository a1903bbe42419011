import { describe, expect, it } from 'vitest';
import { hashTurn } from '../../lib/guards/repeated-text.ts';

const asked = (rule: string) => ({ memory: { question: { rule } } });

describe('a text', () => {
  it('is the same again in the same words, to the same question or to none', () => {
    expect(hashTurn('Yes', {})).toBe(hashTurn('yes!', {}));
    expect(hashTurn('yes', {})).toBe(hashTurn('yes', { memory: {} }));
    expect(hashTurn('yes', asked('size'))).toBe(hashTurn('Yes', asked('size')));
  });

  it('is another one in other words, or to another question', () => {
    const hashes = [
      hashTurn('yes', {}),
      hashTurn('no', {}),
      hashTurn('yes', asked('size')),
      hashTurn('yes', asked('colour')),
      hashTurn('no', asked('size')),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  // Cause: pictures in answer to a question passed for the same words.
  it('without words is none, to a question either', () => {
    expect([hashTurn('', {}), hashTurn('', asked('picture')), hashTurn(' ', asked('picture'))]).toEqual([
      '',
      '',
      '',
    ]);
  });
});
