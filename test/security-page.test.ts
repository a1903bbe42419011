import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const page = readFileSync('SECURITY.md', 'utf8');
/** `file` “name”, “name”, …; names may run over the end of a line. */
const claims = [...page.matchAll(/`(test\/[\w/.-]+\.test\.ts)`((?:\s*,?\s*“[^”]+”)+)/g)].flatMap(
  ([, file = '', names = '']) =>
    [...names.matchAll(/“([^”]+)”/g)].map(([, name = '']) => [file, name.replace(/\s+/g, ' ')] as const),
);

describe('SECURITY.md', () => {
  it('speaks of every threat of its list, SEC-1 to SEC-28', () => {
    const spoken = [...page.matchAll(/^\*\*SEC-(\d+) · /gm)].map(([, number]) => Number(number));
    expect(spoken.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 28 }, (_, i) => i + 1));
  });

  it('names a test for each of them, or says what is not stopped or done', () => {
    for (const threat of page.split(/^(?=\*\*SEC-|## )/m).filter((part) => part.startsWith('**SEC-'))) {
      expect(threat).toMatch(/Shown by `test\/|\*Not (?:stopped|done)/);
    }
  });

  it('names more than sixty tests', () => {
    expect(claims.length).toBeGreaterThan(60);
  });

  it.each(claims)('names a test that exists: %s, %s', (file, name) => {
    expect(existsSync(file), file).toBe(true);
    const source = readFileSync(file, 'utf8').replaceAll('\\u2019', '’');
    expect(source).toMatch(/\b(?:it|each)\b/);
    expect([`'${name}'`, `"${name}"`, `\`${name}\``].some((quoted) => source.includes(quoted))).toBe(true);
  });
});
