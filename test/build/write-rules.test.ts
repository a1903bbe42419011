import { mkdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadRules } from '../../build/load-rules.ts';
import { lastRules, writeRules } from '../../build/write-rules.ts';
import { RulesError } from '../../lib/rules/compile/rules-error.ts';
import { withFolder } from '../cli/support.ts';

async function project(folder: string, yaml: string): Promise<string> {
  await mkdir(join(folder, 'bot'));
  await writeFile(join(folder, 'bot', 'rules.yaml'), yaml);
  return join(folder, 'bot', 'rules.generated.ts');
}

const GOOD = `version: 1
rules:
  - { id: odd, when: { keyword: ["__proto__", "it's \\u2028 \\"q\\" \`\${x}\`"] }, then: { text: 'x' } }
`;

describe('writeRules', () => {
  it('writes a typed module that holds exactly what the file compiles to', () =>
    withFolder(async (folder) => {
      const generated = await project(folder, GOOD);
      await writeRules(folder);
      const module = await readFile(generated, 'utf8');
      expect(module).toMatch(
        /^\/\/ Written by `npm run build` from rules\.yaml\. Edit that file instead\.\n/,
      );
      expect(module).toContain("import type { RuleBook } from '../lib/rules/types.ts';");
      const { rules } = (await import(generated)) as { rules: unknown };
      const compiled = await loadRules(join(folder, 'bot', 'rules.yaml'));
      expect(compiled.ok && compiled.book).toEqual(rules);
    }));

  it('writes beside it what is worth knowing of the file', () =>
    withFolder(async (folder) => {
      const shadowed = `${GOOD}  - { id: never, when: { keyword: "it's \\u2028 \\"q\\" \`\${x}\`" }, then: { text: y } }\n`;
      const generated = await project(folder, shadowed);
      await writeRules(folder);
      const { notes } = (await import(generated)) as { notes: unknown };
      const { notes: told } = await loadRules(join(folder, 'bot', 'rules.yaml'), 'bot/rules.yaml');
      expect(told).toHaveLength(1);
      expect(notes).toEqual(told);
    }));

  it('writes the same bytes for the same file, and those only once', () =>
    withFolder(async (folder) => {
      const generated = await project(folder, GOOD);
      await writeRules(folder);
      const first = await readFile(generated, 'utf8');
      await utimes(generated, 0, 0);
      await writeRules(folder);
      expect(await readFile(generated, 'utf8')).toBe(first);
      expect((await stat(generated)).mtimeMs).toBe(0);
      await writeFile(generated, '');
      await writeRules(folder);
      expect(await readFile(generated, 'utf8')).toBe(first);
    }));

  it('throws every problem, and keeps the last good module', () =>
    withFolder(async (folder) => {
      const generated = await project(folder, GOOD);
      await writeRules(folder);
      const before = await readFile(generated, 'utf8');
      await writeFile(join(folder, 'bot', 'rules.yaml'), 'version: 2\nrules: {}\n');
      const failure = writeRules(folder);
      await expect(failure).rejects.toThrow(RulesError);
      await expect(failure).rejects.toMatchObject({ problems: { length: 2 } });
      await expect(failure).rejects.toThrow(/^The rules cannot be used:\nbot\/rules\.yaml:1:10: Version 2/);
      expect(await readFile(generated, 'utf8')).toBe(before);
    }));
});

describe('lastRules', () => {
  it('is the book that was compiled last, whatever its file says now', () =>
    withFolder(async (folder) => {
      await project(folder, GOOD);
      const book = await writeRules(folder);
      await writeFile(join(folder, 'bot', 'rules.yaml'), 'rules: [');
      expect(await lastRules(folder)).toEqual(book);
    }));

  // In a fresh clone nothing has been compiled yet, and the bundles need some rules.
  it('is a book without rules where none was compiled yet', () =>
    withFolder(async (folder) => {
      const generated = await project(folder, 'rules: [');
      expect(await lastRules(folder)).toEqual({ version: 1, templates: {}, rules: [] });
      expect(await readFile(generated, 'utf8')).toContain('export const rules: RuleBook = ');
    }));
});
