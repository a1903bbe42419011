import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { leaveOut } from '../../build/leave-out.ts';
import { leaveOutUnused } from '../../build/leave-out-unused.ts';
import { handlersModule } from '../../build/write-handlers.ts';
import { bookOf } from '../rules/support.ts';

interface Bundle {
  readonly bytes: number;
  readonly packages: Readonly<Record<string, number>>;
}

const readJson = <T>(file: string) => JSON.parse(readFileSync(file, 'utf8')) as T;
const bundles = readJson<Readonly<Record<string, Bundle>>>('dist/bundles.json');
const { devDependencies } = readJson<{ devDependencies: Record<string, string> }>('package.json');

/** Loading code is most of a cold start. Raise a limit only for something that is worth its milliseconds. */
const LIMITS = [
  ['receive', 160],
  // Of which 27 KB are for what the shipped book asks for, and 14 KB for its handler.
  ['reply', 444],
  ['reconcile', 328],
] as const;

/** Of each package at most so many KB are left once what never runs is left out (build/leave-out.ts). */
const SHARED = {
  '@smithy/core': 47,
  zod: 31,
  '@aws-sdk/core': 13,
  '@smithy/signature-v4': 8,
  '@aws-sdk/client-secrets-manager': 6,
  '@aws/lambda-invoke-store': 3,
  '@smithy/types': 1,
  '@smithy/node-http-handler': 1,
};
const WITH_TWILIO = { ...SHARED, undici: 140 };
const PACKAGES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  receive: SHARED,
  reply: WITH_TWILIO,
  reconcile: WITH_TWILIO,
};

describe.each(LIMITS)('the bundle of %s', (name, kilobytes) => {
  it(`stays within ${kilobytes} KB`, () => {
    expect(bundles[name]?.bytes).toBeLessThan(kilobytes * 1024);
  });

  it('holds of packages what it is known to, and no more of each', () => {
    const known = PACKAGES[name] ?? {};
    const held = Object.entries(bundles[name]?.packages ?? {});
    // Handlers, which are in reply alone, may bring others (docs/handlers.md).
    const others = held.filter(([each]) => !(each in known) && each !== 'parley');
    expect(name === 'reply' ? [] : others).toEqual([]);
    expect(Object.keys(known).filter((each) => held.every(([other]) => other !== each))).toEqual([]);
    expect(held.filter(([each, bytes]) => bytes > (known[each] ?? Number.POSITIVE_INFINITY) * 1024)).toEqual(
      [],
    );
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

describe('what handlers need', () => {
  it('is named in what is known of the bundle: their files, and the packages that they import', () => {
    expect(bundles['reply']?.packages).toHaveProperty(['bot/handlers.ts']);
    expect(Object.keys(bundles['receive']?.packages ?? {}).filter((name) => name.startsWith('bot/'))).toEqual(
      [],
    );
  });

  // A handler that failed as it was loaded ended npm start, with a place in the bundle.
  it('is read by the local world itself, whose bundle has no handlers', () => {
    const [whole, own] = ['dist/whole/reply', 'dist/reply'].map((folder) =>
      readFileSync(`${folder}/index.cjs`, 'utf8'),
    );
    expect(own).toContain('https://shop.example/orders/');
    expect(whole).not.toContain('async orderStatus');
    expect(whole).toContain('a handler was called');
  });

  it('is in no bundle of a bot without handlers', async () => {
    const book = bookOf('version: 1\nrules:\n  - { id: hi, when: { keyword: hi }, then: { text: hi } }\n');
    const none = { contents: handlersModule(book), loader: 'ts' as const, resolveDir: resolve('bot') };
    const { metafile } = await build({
      entryPoints: ['functions/reply.ts'],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      minify: true,
      write: false,
      metafile: true,
      packages: 'external',
      plugins: [
        {
          name: 'no-handlers',
          setup: ({ onLoad }) => onLoad({ filter: /handlers\.generated\.ts$/ }, () => none),
        },
        leaveOutUnused(book),
      ],
    });
    const inputs = Object.entries(Object.values(metafile.outputs)[0]?.inputs ?? {});
    const carried = inputs.filter(([file]) =>
      /^bot\/(?!.*generated)|^lib\/handlers\/|settle-calls\.ts$|ask-handler/.test(file),
    );
    expect(carried.map(([file, { bytesInOutput }]) => [file, bytesInOutput])).toEqual(
      carried.map(([file]) => [file, expect.toSatisfy((bytes: number) => bytes < 40)]),
    );
    const imports = Object.values(metafile.outputs).flatMap((output) =>
      output.imports.map(({ path }) => path),
    );
    expect(imports).not.toContain('node:dns');
  });
});

describe('what is left out', () => {
  it('fails the build when a library no longer has the file', () => {
    const { assertAllMet } = leaveOut();
    expect(assertAllMet).toThrow(/fix build\/leave-out\.ts:\n.*credential-provider-node/);
  });
});
