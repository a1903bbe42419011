import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { leaveOut } from '../../build/leave-out.ts';

interface Bundle {
  readonly bytes: number;
  readonly packages: Readonly<Record<string, number>>;
}

const readJson = <T>(file: string) => JSON.parse(readFileSync(file, 'utf8')) as T;
const bundles = readJson<Readonly<Record<string, Bundle>>>('dist/bundles.json');
const { devDependencies } = readJson<{ devDependencies: Record<string, string> }>('package.json');

/** Loading code is most of a cold start. Raise a limit only for something that is worth its milliseconds. */
const LIMITS = [
  ['receive', 305],
  // Of which 27 KB are for what the shipped book asks for.
  ['reply', 515],
  ['reconcile', 428],
] as const;

describe.each(LIMITS)('the bundle of %s', (name, kilobytes) => {
  it(`stays within ${kilobytes} KB`, () => {
    expect(bundles[name]?.bytes).toBeLessThan(kilobytes * 1024);
  });

  it('holds no package that is only for building and testing', () => {
    const packages = Object.keys(bundles[name]?.packages ?? {});
    expect(packages).toContain('zod');
    expect(packages.filter((each) => each in devDependencies)).toEqual([]);
  });

  it('says nothing of where it was built', () => {
    expect(readFileSync(`dist/${name}/index.cjs`, 'utf8')).not.toContain(process.cwd());
  });
});

describe('what is left out', () => {
  it('fails the build when a library no longer has the file', () => {
    const { assertAllMet } = leaveOut();
    expect(assertAllMet).toThrow(/fix build\/leave-out\.ts:\n.*credential-provider-node/);
  });
});
