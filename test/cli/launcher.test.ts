import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withFolder } from './support.ts';

const LAUNCHER = 'cli/parley.mjs';
const { problemOf } = createRequire(import.meta.url)('../../cli/node-version.cjs') as {
  readonly problemOf: (version: string) => string | undefined;
};

/** A project of its own, whose main.ts does `script`, with the Node of this project in it or not. */
async function project(folder: string, script: string, ownNode: boolean): Promise<string> {
  await mkdir(join(folder, 'cli'));
  for (const file of [LAUNCHER, 'cli/node-version.cjs']) await cp(file, join(folder, file));
  await writeFile(join(folder, 'cli', 'main.ts'), script);
  if (ownNode) {
    const bin = join(folder, 'node_modules', `node-linux-${process.arch}`, 'bin');
    await mkdir(bin, { recursive: true });
    await symlink(process.execPath, join(bin, 'node'));
  }
  return join(folder, LAUNCHER);
}

const start = (launcher: string, args: readonly string[] = [], node = process.execPath) =>
  spawnSync(node, [launcher, ...args], { encoding: 'utf8' });

describe('cli/parley.mjs', () => {
  it('runs the real command', () => {
    const { status, stdout, stderr } = start(LAUNCHER, ['rules', 'check']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^bot\/rules\.yaml: good\./);
  });

  it('hands over arguments, standard input and output, and the exit status', () =>
    withFolder(async (folder) => {
      const script =
        "import { text } from 'node:stream/consumers'; const given: string = await text(process.stdin); console.log(given, process.argv.slice(2)); console.error('e'); process.exit(7);";
      const launcher = await project(folder, script, false);
      const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, 'a b', '--c'], {
        encoding: 'utf8',
        input: 'in',
      });
      expect({ status, stdout, stderr }).toEqual({
        status: 7,
        stdout: "in [ 'a b', '--c' ]\n",
        stderr: 'e\n',
      });
    }));

  it('takes the project’s own Node before the one it runs on', () =>
    withFolder(async (folder) => {
      const launcher = await project(folder, 'console.log(process.argv0);', true);
      expect(start(launcher).stdout).toContain(
        join('node_modules', `node-linux-${process.arch}`, 'bin', 'node'),
      );
    }));

  it('finds it in a folder above, where a workspace puts it', () =>
    withFolder(async (folder) => {
      const inner = join(folder, 'packages', 'bot');
      await mkdir(inner, { recursive: true });
      await project(folder, '', true);
      const launcher = await project(inner, 'console.log(process.argv0);', false);
      expect(start(launcher).stdout).toContain(join(folder, 'node_modules'));
    }));

  it('says in one line what is wrong when no Node is new enough', () =>
    withFolder(async (folder) => {
      const launcher = await project(folder, '', false);
      const { status, stderr } = start(await asIfOld(folder, `await import(${JSON.stringify(launcher)});`));
      expect({ status, stderr }).toEqual({ status: 1, stderr: `${problemOf('20.1.0')}\n` });
    }));

  // The project's own is for glibc: on Alpine its loader is not there, and the system says ENOENT.
  it('takes the Node it runs on where the project’s own does not start', () =>
    withFolder(async (folder) => {
      const bin = join(folder, 'node_modules', `node-linux-${process.arch}`, 'bin');
      await mkdir(bin, { recursive: true });
      await writeFile(join(bin, 'node'), '#!/no/such/loader\n');
      await chmod(join(bin, 'node'), 0o755);
      const launcher = await project(folder, "console.log('up'); process.exitCode = 7;", false);
      const { status, stdout, stderr } = start(launcher);
      expect({ status, stdout, stderr }).toEqual({ status: 7, stdout: 'up\n', stderr: '' });
    }));

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('passes %s on and ends as a shell would say', (signal, status) =>
    withFolder(async (folder) => {
      const launcher = await project(folder, "setInterval(() => {}, 1e6); console.log('up');", false);
      const child = spawn(process.execPath, [launcher], { stdio: ['ignore', 'pipe', 'ignore'] });
      await once(child.stdout, 'data');
      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([status, null]);
    }),
  );
});

/** A file that tells whatever it runs that this is Node 20.1. */
async function asIfOld(folder: string, script: string): Promise<string> {
  const old = join(folder, 'old.mjs');
  await writeFile(
    old,
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } }); ${script}`,
  );
  return old;
}

describe('which Node is needed', () => {
  it.each(['18.20.8', '20.20.2', '22.20.0', '23.11.1', '24.0.2', '24.1.0'])('is more than %s', (version) => {
    expect(problemOf(version)).toMatch(/^parley: needs Node 24\.2 or later, and this is [\d.]+\. [^\n]*\.$/);
    expect(problemOf(version)).toContain(`this is ${version}. `);
  });

  it.each(['24.2.0', '24.21.0', '25.0.0', '26.1.0', '100.0.0'])('is met by %s', (version) => {
    expect(problemOf(version)).toBeUndefined();
  });

  it('is said in one line by what goes before each script', () =>
    withFolder(async (folder) => {
      const preloaded = `(await import('node:module')).createRequire(import.meta.url)(${JSON.stringify(resolve('cli/need-node.cjs'))}); console.log('went on');`;
      const { status, stdout, stderr } = start(await asIfOld(folder, preloaded));
      expect({ status, stdout, stderr }).toEqual({
        status: 1,
        stdout: '',
        stderr: `${problemOf('20.1.0')}\n`,
      });
    }));

  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  /** Native programs behind a few lines that any Node reads. */
  const ANY_NODE = /^(?:biome|tsc)\b/;

  it.each(Object.entries(scripts))('is looked at first by npm run %s', (_, script) => {
    const [first = ''] = script.split(' && ');
    expect(first.replace(/^(?:[A-Z]+=\w+ )+/, '')).toMatch(
      ANY_NODE.test(first)
        ? ANY_NODE
        : /^(?:node --require \.\/cli\/need-node\.cjs |npm run --silent build$)/,
    );
  });
});
