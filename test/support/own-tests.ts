import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An import that makes a file a test of vitest's; what is of another test runner has no suite for it. */
const OF_VITEST = /\bfrom\s*['"]vitest['"]/;

/** The tests that authors write beside their rules, as vitest names them; only those that are of vitest. */
export function ownTests(folder: string): readonly string[] {
  return globSync('bot/**/*.test.ts', { cwd: folder }).filter((file) =>
    OF_VITEST.test(readFileSync(join(folder, file), 'utf8')),
  );
}
