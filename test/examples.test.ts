import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExamples, readSnippets } from './support/read-examples.ts';

/** Rooms with a front door for others, and what tests are made with. */
const DOORS = ['emulator/**/*.ts', 'test/emulator/*.ts', 'lib/handlers/*.ts', 'talks/testing/*.ts'];

describe('the examples in docstrings', () => {
  const examples = [...readExamples(DOORS), ...readSnippets('docs/handlers.md')];
  const cache = resolve('node_modules/.cache');
  let folder = '';

  beforeAll(() => {
    mkdirSync(cache, { recursive: true });
    folder = mkdtempSync(join(cache, 'examples-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are there, for everything that the doors give out and that can be called', () => {
    expect(examples.map(({ at }) => at.replace(/:\d+$/, ''))).toEqual(
      expect.arrayContaining([
        'emulator/create-service.ts',
        'emulator/http-deliver.ts',
        'emulator/http-listener.ts',
        'emulator/index.ts',
        'emulator/sids.ts',
        'emulator/state-file.ts',
        'lib/handlers/build-actions.ts',
        'lib/handlers/define-handlers.ts',
        'talks/testing/converse.ts',
      ]),
    );
  });

  it('type-check as they stand, with paths from the root of the project', () => {
    const files = examples.map(({ at, code }, n) => {
      const rooted = code
        .replaceAll(/'\.\/([^']+\.ts)'/g, (_, path) => `'${resolve(String(path))}'`)
        .replaceAll(
          /'(parley(?:\/\w+)?)'/g,
          (_, name) => `'${fileURLToPath(import.meta.resolve(String(name)))}'`,
        );
      writeFileSync(join(folder, `${n}.ts`), `// ${at}\n${rooted}\nexport {};\n`);
      return `${n}.ts`;
    });
    const options = { noUnusedLocals: false, noUnusedParameters: false };
    // What the build says of the shop's rules goes into the types.
    const generated = resolve('bot/handlers.generated.ts');
    const all = [...files, generated];
    const config = { extends: resolve('tsconfig.json'), compilerOptions: options, files: all, include: [] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    expect(compile(folder)).toBe('');
  });
});

/** What the compiler objects to. */
function compile(folder: string): string {
  try {
    execFileSync(resolve('node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' });
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
