import { readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyService, PACKAGING_MS, packageIn, removeService } from '../../local/lambda/package-service.ts';
import { readZip } from '../../local/lambda/read-zip.ts';

const FUNCTIONS = ['receive', 'reply', 'reconcile'];
let folder: string;
let first: string;
let second: string;

beforeAll(async () => {
  folder = copyService();
  ({ dir: first } = await packageIn(folder, 'first'));
  // As after another build: the same bytes in a file of another time.
  for (const name of FUNCTIONS) utimesSync(join(folder, 'dist', name, 'index.cjs'), 1e9, 1e9);
  ({ dir: second } = await packageIn(folder, 'second'));
}, PACKAGING_MS);
afterAll(() => removeService(folder));

describe.each(FUNCTIONS)('the zip of %s', (name) => {
  const file = `dist/${name}/index.cjs`;

  it('holds its own bundle, the one the other tests run, and nothing else', () => {
    const files = readZip(join(first, `${name}.zip`));
    expect([...files.keys()]).toEqual([file]);
    expect(files.get(file)?.equals(readFileSync(file))).toBe(true);
  });

  it('has the same bytes when it is made again', () => {
    const [one, other] = [first, second].map((dir) => readFileSync(join(dir, `${name}.zip`)));
    expect(other?.equals(one ?? Buffer.alloc(0))).toBe(true);
  });
});
