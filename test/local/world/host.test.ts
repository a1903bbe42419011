import type { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { listen } from '../../../emulator/index.ts';
import { HOST, namesOf, warningOf } from '../../../local/host.ts';
import { listenOrFail } from '../../../local/listen-or-fail.ts';
import { openPage } from '../../../local/open-page.ts';
import { world } from '../../../local/serve.ts';
import { run } from '../../cli/support.ts';
import { startService } from '../../emulator/start-service.ts';

describe('the address to listen on', () => {
  it.each(['127.0.0.1', '127.0.0.2', 'localhost', '::1'])(
    '%s lets nobody in and warns of nothing',
    (host) => {
      expect([namesOf(host), warningOf(host, 4000)]).toEqual([[], undefined]);
    },
  );

  it('warns when others are let in, and says at which addresses', () => {
    expect(warningOf('192.0.2.7', 4100)).toBe(
      'Warning: 192.0.2.7 lets every machine that reaches this one read and change everything here, without credentials: http://192.0.2.7:4100.',
    );
    expect(warningOf('::', 4100)).toMatch(/^Warning: :: lets .*http:\/\/\S+:4100\.$/);
  });

  it('names only addresses of the kind that is listened on', () => {
    expect(namesOf('0.0.0.0').filter((name) => name.includes(':'))).toEqual([]);
    expect(namesOf('::').filter((name) => /^\[fe80/.test(name))).toEqual([]);
  });

  it.each(['0.0.0.0', '::', '192.0.2.7', 'localhost'])('may be %s', (host) => {
    expect(HOST.value?.read(host)).toBe(host);
  });

  it('is named when it is none, or none of this machine', async () => {
    expect((await run(['--host', 'example.com'], '.', world)).err).toBe(
      '--host is "example.com": expected an IP address of this machine, 0.0.0.0 or localhost. See npm run world -- --help.',
    );
    const error = Object.assign(new Error('listen'), { code: 'EADDRNOTAVAIL' });
    const where = { port: 4000, host: '192.0.2.7' };
    await expect(listenOrFail(where, 'npm start --', () => Promise.reject(error))).rejects.toThrow(
      '--host is "192.0.2.7", which is not an address of this machine',
    );
  });

  it('is one that this machine reaches itself by, where it is all of them', async () => {
    const { url, close } = await listen(startService(), {
      port: 0,
      host: '0.0.0.0',
      hostNames: namesOf('0.0.0.0'),
    });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${url}/control/time`)).status).toBe(200);
    await close();
  });
});

describe('--open', () => {
  function opened(platform: NodeJS.Platform) {
    const child = Object.assign(new EventEmitter(), { unref: () => undefined });
    const calls: (readonly string[])[] = [];
    const lines: string[] = [];
    const start = (program: string, words: readonly string[]) => {
      calls.push([program, ...words]);
      return child;
    };
    openPage(
      'http://127.0.0.1:4000/',
      (line) => lines.push(line),
      platform,
      start as unknown as typeof spawn,
    );
    return { child, calls, lines };
  }

  it.each([
    ['linux', ['xdg-open', 'http://127.0.0.1:4000/']],
    ['darwin', ['open', 'http://127.0.0.1:4000/']],
    ['win32', ['cmd', '/c', 'start', '""', 'http://127.0.0.1:4000/']],
  ] as const)('opens the page on %s as a double click would', (platform, call) => {
    const { child, calls, lines } = opened(platform);
    child.emit('exit', 0);
    expect([calls, lines]).toEqual([[call], []]);
  });

  it.each([
    ['error', new Error('ENOENT')],
    ['exit', 3],
  ])('says so when that cannot be done (%s)', (event, what) => {
    const { child, lines } = opened('linux');
    child.emit(event, what);
    expect(lines).toEqual(['xdg-open cannot open the page here. Open http://127.0.0.1:4000/ yourself.']);
  });
});
