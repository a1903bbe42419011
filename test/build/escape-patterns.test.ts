import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { escapeIn } from '../../build/escape-patterns.ts';

describe('a pattern with more than ASCII', () => {
  it('is written without, and everything else as it was', () => {
    const source = "/* é */ const a: RegExp = /[‘’]é\\w/gu, b = 'é', c = String.raw`é`; // “";
    expect(escapeIn(source)).toBe(
      "/* é */ const a: RegExp = /[\\u2018\\u2019]\\u00e9\\w/gu, b = 'é', c = String.raw`é`; // “",
    );
  });

  it.each(['/[😀-😂]/u', '/é|ß/i', '/[^а-я]/v', '/(?<größe>\\d)\\k<größe>/u'])(
    'means the same: %s',
    (pattern) => {
      const escaped = escapeIn(`(${pattern})`);
      expect(escaped).toMatch(/^[ -~]+$/);
      for (const text of ['😁', '😀', 'É', 'ß', 'б', 'a', '11']) {
        const [before, after] = [`(${pattern})`, escaped].map(
          (code) => new Function(`return ${code}`)() as RegExp,
        );
        expect(after?.test(text), text).toBe(before?.test(text));
      }
    },
  );

  it('is left to esbuild where the file cannot be read', () => {
    expect(escapeIn('const = /é/')).toBe('const = /é/');
  });
});

describe('the bundles', () => {
  it.each(['receive', 'reply', 'reconcile', 'whole/reply'])('are ASCII: %s', (name) => {
    expect(readFileSync(`dist/${name}/index.cjs`, 'latin1')).not.toMatch(/[^\0-\x7f]/);
  });
});
