import { readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACKAGING_MS, type PackagedService, packageService } from '../../local/lambda/package-service.ts';
import { readZip } from '../../local/lambda/read-zip.ts';

const FUNCTIONS = ['receive', 'reply', 'reconcile'];
let first: PackagedService;
let second: PackagedService;

beforeAll(async () => {
  first = await packageService();
  // As after another build: the same bytes in a file of another time.
  for (const name of FUNCTIONS) utimesSync(`dist/${name}/index.cjs`, 1_000_000_000, 1_000_000_000);
  second = await packageService();
}, PACKAGING_MS);
afterAll(() => {
  first.remove();
  second.remove();
});

describe.each(FUNCTIONS)('the zip of %s', (name) => {
  const file = `dist/${name}/index.cjs`;

  it('holds its own bundle, the one the other tests run, and nothing else', () => {
    const files = readZip(join(first.dir, `${name}.zip`));
    expect([...files.keys()]).toEqual([file]);
    expect(files.get(file)?.equals(readFileSync(file))).toBe(true);
  });

  it('has the same bytes when it is made again', () => {
    const [one, other] = [first, second].map(({ dir }) => readFileSync(join(dir, `${name}.zip`)));
    expect(other?.equals(one ?? Buffer.alloc(0))).toBe(true);
  });
});
