import { spawn } from 'node:child_process';

/** What opens an address as a double click would. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  // `start` takes a first word in quotes for a title.
  win32: ['cmd', '/c', 'start', '""'],
};
const ELSEWHERE = ['xdg-open'] as const;

/**
 * Opens a page in the browser of whoever sits here.
 *
 * @param err takes one line when that cannot be done
 */
export function openPage(
  url: string,
  err: (line: string) => void,
  platform: NodeJS.Platform = process.platform,
  start: typeof spawn = spawn,
): void {
  const [program, ...words] = OPENERS[platform] ?? ELSEWHERE;
  const fail = () => err(`${program} cannot open the page here. Open ${url} yourself.`);
  const opener = start(program, [...words, url], { stdio: 'ignore', detached: true });
  opener.once('error', fail);
  opener.once('exit', (code) => {
    if (code !== 0 && code !== null) fail();
  });
  opener.unref();
}
