import { describe, expect, it } from 'vitest';
import { hashText } from '../../lib/text/hash-text.ts';

describe('hashText', () => {
  // Records hold it: another value would be another text.
  it('is the beginning of the SHA-256 of a text as keywords are compared', () => {
    expect(hashText(' Hello! ')).toBe('2cf24dba5fb0a30e');
    expect(hashText('hello')).toBe(hashText('HELLO'));
    expect(hashText('hello')).not.toBe(hashText('hallo'));
  });

  it('is empty for an empty text', () => {
    expect([hashText(''), hashText(' \n')]).toEqual(['', '']);
  });

  it('looks at the first 4,096 characters', () => {
    const long = 'a'.repeat(4_096);
    expect(hashText(`${long}b`)).toBe(hashText(long));
    expect(hashText(`${long.slice(1)}b`)).not.toBe(hashText(long));
    expect(hashText(`${' '.repeat(5_000)}a`)).toBe(hashText('a'));
  });
});
