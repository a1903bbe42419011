import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';

describe('a command as a process', () => {
  // `npx parley --help | head -1` ended in a stack about EPIPE.
  it.each([
    [['--help'], 0],
    [['rules', 'check', 'none.yaml', '--json'], 1],
  ])('called with %j ends as always when its reader has gone', async (args, status) => {
    const child = spawn(process.execPath, ['cli/main.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect({ code, stderr }).toEqual({ code: status, stderr: '' });
  });
});
