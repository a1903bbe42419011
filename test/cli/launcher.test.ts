import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withFolder } from './support.ts';

const LAUNCHER = 'cli/parley.mjs';

/** A project of its own, whose main.ts does `script`, with the Node of this project in it or not. */
async function project(folder: string, script: string, ownNode: boolean): Promise<string> {
  await mkdir(join(folder, 'cli'));
  await cp(LAUNCHER, join(folder, LAUNCHER));
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
      const old = join(folder, 'old.mjs');
      await writeFile(
        old,
        `Object.defineProperty(process, 'version', { value: 'v20.1.0' }); Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } }); await import(${JSON.stringify(launcher)});`,
      );
      const { status, stderr } = start(old);
      expect(status).toBe(1);
      expect(stderr).toBe(
        `parley: needs Node 24 or later, and this is v20.1.0. Run npm ci in ${folder} to get the project's own, or install Node 24.\n`,
      );
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
