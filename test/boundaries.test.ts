import { globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FOREIGN_CODE, findCircles, importsOf, readImportGraph } from './support/import-graph.ts';

interface Room {
  /** Other rooms it may import from; its own is understood. */
  readonly rooms: readonly string[];
  /** Single files of rooms that it may not import from. */
  readonly files?: readonly string[];
  /** Packages, and what it takes of Node. A star stands for anything. */
  readonly packages: readonly string[];
  /** The only file of this room that others import. */
  readonly door?: string;
}

/** The picture in CONTRIBUTING.md, as a table. A folder belongs to the longest name that it starts with. */
const ROOMS: Readonly<Record<string, Room>> = {
  lib: { rooms: [], packages: ['zod/mini', 'node:async_hooks', 'node:timers', 'node:timers/promises'] },
  'lib/event': { rooms: ['lib'], packages: ['node:crypto'] },
  'lib/text': { rooms: ['lib'], packages: ['node:crypto'] },
  'lib/webhook': { rooms: ['lib', 'lib/event'], packages: ['zod/mini', 'node:crypto', 'node:buffer'] },
  'lib/guards': { rooms: ['lib', 'lib/event', 'lib/text'], packages: [] },
  'lib/rules': { rooms: ['lib', 'lib/event', 'lib/text', 'lib/guards'], packages: [] },
  'lib/rules/compile': {
    rooms: ['lib', 'lib/event', 'lib/text', 'lib/guards', 'lib/rules'],
    packages: ['zod/mini', 'yaml', '@eslint-community/regexpp'],
  },
  'lib/handlers': {
    rooms: ['lib', 'lib/event', 'lib/text', 'lib/rules', 'lib/twilio'],
    // Its own examples import it as others do.
    packages: ['zod/mini', 'node:async_hooks', 'node:dns', 'node:net', 'parley'],
  },
  'lib/record': {
    rooms: ['lib', 'lib/event', 'lib/text', 'lib/guards', 'lib/rules'],
    packages: ['node:crypto'],
  },
  'lib/queue': { rooms: ['lib', 'lib/event', 'lib/webhook', 'lib/record'], packages: ['zod/mini'] },
  'lib/twilio': { rooms: ['lib'], packages: ['zod/mini', 'undici', 'undici/*', 'node:net'] },
  'lib/history': {
    rooms: ['lib', 'lib/event', 'lib/guards', 'lib/rules', 'lib/record', 'lib/twilio'],
    packages: [],
  },
  'lib/aws': {
    rooms: ['lib'],
    packages: [
      'zod/mini',
      '@aws-sdk/client-secrets-manager',
      '@aws/lambda-invoke-store',
      '@smithy/core/*',
      '@smithy/signature-v4',
      'node:crypto',
      'node:http',
      'node:https',
    ],
  },
  'lib/receive': { rooms: ['lib', 'lib/event', 'lib/webhook', 'lib/queue'], packages: [] },
  'lib/reply': {
    rooms: [
      'lib',
      'lib/event',
      'lib/guards',
      'lib/rules',
      'lib/handlers',
      'lib/record',
      'lib/queue',
      'lib/twilio',
      'lib/history',
    ],
    packages: [],
  },
  'lib/reconcile': {
    rooms: ['lib', 'lib/event', 'lib/guards', 'lib/record', 'lib/queue', 'lib/twilio', 'lib/history'],
    packages: ['zod/mini'],
  },
  // Authors' code: whatever packages it takes; of ours only what is public.
  bot: { rooms: ['lib/rules', 'lib/handlers'], packages: ['*'] },
  functions: {
    rooms: [
      'lib',
      'lib/event',
      'lib/guards',
      'lib/rules',
      'lib/handlers',
      'lib/record',
      'lib/queue',
      'lib/twilio',
      'lib/history',
      'lib/aws',
      'lib/receive',
      'lib/reply',
      'lib/reconcile',
      'bot',
    ],
    packages: ['aws-lambda', 'node:crypto'],
  },
  emulator: {
    rooms: ['lib', 'lib/event'],
    files: ['lib/webhook/sign-webhook.ts'],
    packages: [
      'zod/mini',
      'node:crypto',
      'node:fs/promises',
      'node:http',
      'node:https',
      'node:net',
      'node:timers/promises',
    ],
    door: 'emulator/index.ts',
  },
  build: { rooms: ['lib', 'lib/*', 'bot'], packages: ['*'] },
  talks: {
    rooms: ['lib', 'lib/*'],
    packages: [
      'zod/mini',
      'yaml',
      'node:async_hooks',
      'node:fs',
      'node:fs/promises',
      'node:path',
      'node:timers/promises',
      'node:util',
      // In its own examples.
      'parley',
      'parley/testing',
      'node:assert/strict',
    ],
  },
  cli: { rooms: ['lib', 'lib/*', 'bot', 'build', 'emulator', 'talks'], packages: ['*'] },
  local: {
    rooms: ['lib', 'lib/*', 'bot', 'functions', 'build', 'cli', 'emulator', 'talks'],
    packages: ['*'],
  },
  bench: { rooms: ['lib', 'lib/*', 'functions', 'build', 'cli', 'emulator', 'local'], packages: ['*'] },
};

const files = globSync(
  [
    'lib/**/*.ts',
    'functions/**/*.ts',
    'bot/**/*.ts',
    'build/**/*.ts',
    'bench/**/*.ts',
    'emulator/**/*.ts',
    'cli/**/*.ts',
    'local/**/*.{ts,tsx}',
    'talks/**/*.ts',
  ],
  { exclude: FOREIGN_CODE },
);
const sources = files.map((file) => ({ file, text: readFileSync(file, 'utf8') }));

/** Only files stand in lib/ itself, so a folder there is a room of its own. */
function roomOf(path: string): string {
  const names = Object.keys(ROOMS).filter(
    (name) => path === name || (name !== 'lib' && path.startsWith(`${name}/`)),
  );
  return names.toSorted((a, b) => b.length - a.length)[0] ?? path;
}

const matches = (patterns: readonly string[], name: string) =>
  patterns.some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name));

function forbiddenImports({ file, text }: { file: string; text: string }): readonly string[] {
  const room = roomOf(dirname(file));
  const { rooms = [], files = [], packages = [] } = ROOMS[room] ?? {};
  return importsOf(text).flatMap((specifier) => {
    if (!specifier.startsWith('.')) return matches(packages, specifier) ? [] : [specifier];
    const target = join(dirname(file), specifier);
    if (passesDoorBy(file, target)) return [target];
    return files.includes(target) || matches([room, ...rooms], roomOf(dirname(target))) ? [] : [target];
  });
}

/** A room's own files and its own tests may go where they like in it. */
function passesDoorBy(file: string, target: string): boolean {
  const room = roomOf(dirname(target));
  const door = ROOMS[room]?.door;
  if (door === undefined || target === door) return false;
  return !file.startsWith(`${room}/`) && !file.startsWith(`test/${room}/`);
}

describe('the rooms of the house', () => {
  it('have source files, which this test reads', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.filter(({ text }) => importsOf(text).length > 0).length).toBeGreaterThan(50);
  });

  it('are all of them in the picture: a folder that it does not know is nobody’s', () => {
    const known = (file: string) => Object.hasOwn(ROOMS, roomOf(dirname(file)));
    expect(sources.map(({ file }) => file).filter((file) => !known(file))).toEqual([]);
    expect([
      known('lib/new-room/file.ts'),
      known('lib/rules/new/file.ts'),
      known('elsewhere/file.ts'),
    ]).toEqual([false, true, false]);
    const folders = readdirSync('.', { withFileTypes: true })
      .filter(
        (entry) =>
          entry.isDirectory() && globSync(`${entry.name}/**/*.ts`, { exclude: FOREIGN_CODE }).length > 0,
      )
      .map(({ name }) => name)
      .filter((name) => !/^(node_modules|dist|coverage|reports|events|test|\\..*)$/.test(name));
    expect(folders.filter((name) => !Object.hasOwn(ROOMS, name))).toEqual([]);
  });

  it('have no circle of rooms', () => {
    const rooms = new Map<string, Set<string>>();
    for (const { file, text } of sources) {
      const room = roomOf(dirname(file));
      const targets = importsOf(text).filter((specifier) => specifier.startsWith('.'));
      for (const target of targets.map((specifier) => roomOf(dirname(join(dirname(file), specifier))))) {
        if (target !== room) rooms.set(room, (rooms.get(room) ?? new Set()).add(target));
      }
    }
    const arrows = new Map([...rooms].map(([room, targets]) => [room, [...targets]]));
    expect(findCircles(arrows)).toEqual([]);
  });

  it('import only what the picture allows', () => {
    const forbidden = sources.flatMap((source) =>
      forbiddenImports(source).map((target) => `${source.file} imports ${target}`),
    );
    expect(forbidden).toEqual([]);
  });

  it.each([
    ['lib/rules/decide.ts', "import { get } from 'node:https';", 'node:https'],
    [
      'lib/webhook/parse-event.ts',
      "import type { Part } from '../record/message-record.ts';",
      'lib/record/message-record.ts',
    ],
    [
      'lib/reply/answer.ts',
      "import { reconcile } from '../reconcile/reconcile.ts';",
      'lib/reconcile/reconcile.ts',
    ],
    ['lib/guards/person.ts', "import type { RuleBook } from '../rules/types.ts';", 'lib/rules/types.ts'],
    ['bench/bench.ts', "import { listen } from '../test/support/listen.ts';", 'test/support/listen.ts'],
    ['lib/rules/decide.ts', "import { Command } from 'commander';", 'commander'],
    ['functions/receive.ts', "import { Command } from 'commander';", 'commander'],
    ['lib/reply/answer.ts', "import { SQSClient } from '@aws-sdk/client-sqs';", '@aws-sdk/client-sqs'],
    [
      'lib/twilio/messages.ts',
      "const local = await import('../../functions/reply.ts');",
      'functions/reply.ts',
    ],
    [
      'functions/reply.ts',
      "import { readYaml } from '../lib/rules/compile/read-yaml.ts';",
      'lib/rules/compile/read-yaml.ts',
    ],
    ['local/world.ts', "import { secret } from '../emulator/inside.ts';", 'emulator/inside.ts'],
    ['emulator/show.ts', "import { decide } from '../lib/rules/decide.ts';", 'lib/rules/decide.ts'],
    [
      'emulator/webhooks/actor.ts',
      "import { parseEvent } from '../../lib/webhook/parse-event.ts';",
      'lib/webhook/parse-event.ts',
    ],
  ])('would not let %s say %s', (file, text, target) => {
    expect(forbiddenImports({ file, text })).toEqual([target]);
  });
});

describe('the command-line library', () => {
  it('is known to cli/ alone, so that every command line is made in one way', () => {
    const knowing = sources.filter(({ text }) => importsOf(text).includes('commander'));
    expect(knowing.length).toBeGreaterThan(0);
    expect(knowing.map(({ file }) => file).filter((file) => !file.startsWith('cli/'))).toEqual([]);
  });
});

describe('the emulator', () => {
  const everything = readImportGraph([
    '*.ts',
    '{lib,functions,bot,emulator,local,cli,build,bench,events,talks,test}/**/*.{ts,tsx}',
  ]);

  it('has one door, which nobody passes by but its own tests', () => {
    const passing = [...everything].flatMap(([file, targets]) =>
      targets.filter((target) => passesDoorBy(file, target)).map((target) => `${file} imports ${target}`),
    );
    expect(passing).toEqual([]);
    expect(passesDoorBy('test/load/customers.ts', 'emulator/core.ts')).toBe(true);
    expect(passesDoorBy('test/emulator/paging.test.ts', 'emulator/ledger.ts')).toBe(false);
  });

  it('takes along, all told, only the base, the names of events and the signature', () => {
    const reached = new Set(['emulator/index.ts']);
    for (const file of reached) for (const target of everything.get(file) ?? []) reached.add(target);
    const foreign = [...reached].filter((file) => !file.startsWith('emulator/')).toSorted();
    expect(foreign.filter((file) => dirname(file) !== 'lib')).toEqual([
      'lib/event/event-types.ts',
      'lib/event/form-params.ts',
      'lib/webhook/sign-webhook.ts',
    ]);
  });
});

/** What the simulation could not control if the core did it by itself. */
const OUTSIDE = [
  ['the environment', /\bprocess\.env\b/, ['lib/config.ts']],
  ['the time', /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|\bprocess\.hrtime\b/, ['lib/clock.ts']],
  ['chance', /\bMath\.random\b/, ['functions/reply.ts', 'functions/reconcile.ts', 'lib/aws/call-aws.ts']],
] as const;

describe.each(OUTSIDE)('%s', (_what, pattern, allowed) => {
  it(`is asked only by ${allowed.join(' and ')}`, () => {
    const asking = sources
      .filter(({ file }) => /^(lib|functions)\//.test(file))
      .filter(({ text }) => pattern.test(withoutComments(text)))
      .map(({ file }) => file)
      .filter((file) => !(allowed as readonly string[]).includes(file));
    expect(asking).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');
}
