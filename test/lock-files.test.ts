import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
interface Lock {
  readonly packages: Readonly<Record<string, Manifest & { readonly resolved?: string }>>;
}

/** The root, and what only a long proof or the bench needs (build/install-folder.ts). */
const FOLDERS = globSync(['package-lock.json', '{bench,test}/*/package-lock.json']).map((file) =>
  dirname(file),
);
const SETTINGS = [
  'loglevel=error',
  'omit-lockfile-registry-resolved=true',
  'save-exact=true',
  'ignore-scripts=true',
];
const read = <T>(...path: readonly string[]) => JSON.parse(readFileSync(join(...path), 'utf8')) as T;

/** Where packages come from is the installing machine's affair: a host in the lock file would be the writer's. */
function hostsIn({ packages }: Lock): readonly string[] {
  return Object.entries(packages)
    .filter(([, { resolved = '' }]) => resolved.includes(':'))
    .map(([name]) => name);
}

function inexact({ dependencies, devDependencies, optionalDependencies }: Manifest): readonly string[] {
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
    .filter(([, version]) => !/^(npm:.+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name]) => name);
}

it('there is a lock file for the project, for the peers of the bench, for mutation testing and for the OpenAPI files', () => {
  expect(FOLDERS.toSorted()).toEqual(['.', 'bench/peers', 'test/mutation', 'test/openapi']);
});

describe.each(FOLDERS)('%s/package-lock.json', (folder) => {
  it('names no registry', () => {
    expect(hostsIn(read(folder, 'package-lock.json'))).toEqual([]);
  });

  // npm 10, which Node 20 and 22 bring, does not know allowScripts: it built AWS's runtime client for minutes, or failed.
  it('has an .npmrc beside it that keeps it so and runs no install script; npm reads none of a folder above', () => {
    const lines = readFileSync(join(folder, '.npmrc'), 'utf8').split('\n');
    expect(lines).toEqual(expect.arrayContaining(SETTINGS));
  });

  it('is of the package.json beside it, whose versions are exact', () => {
    const manifest = read<Manifest>(folder, 'package.json');
    const locked = read<Lock>(folder, 'package-lock.json').packages[''];
    expect(inexact(manifest)).toEqual([]);
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'] as const) {
      expect(locked?.[kind], kind).toEqual(manifest[kind]);
    }
  });
});

describe('the checks above', () => {
  it('find a registry', () => {
    const packages = {
      '': {},
      'node_modules/a': { resolved: 'https://registry.example.com/a/-/a-1.0.0.tgz' },
    };
    expect(hostsIn({ packages })).toEqual(['node_modules/a']);
  });

  it('find a version that is not exact', () => {
    const dependencies = { a: '^1.0.0', b: '1.0.0', c: 'npm:d@1.0.0', e: 'npm:f@1', g: '1.0.0-beta', h: '*' };
    expect(inexact({ dependencies })).toEqual(['a', 'e', 'h']);
  });
});

describe('what is never run is not installed, but an empty package in its place', () => {
  it.each([['aws-lambda-ric', 'what would compile its native part', /\/node-(gyp|addon-api)$/, 2]])(
    'of %s: %s',
    (_package, _what, name, count) => {
      const all = Object.entries(read<Lock>('package-lock.json').packages);
      const unused = all.filter(([path]) => name.test(path));
      expect(unused.length).toBe(count);
      for (const [path, locked] of unused) expect(locked, path).toMatchObject({ name: '@gitlab/noop' });
    },
  );
});
