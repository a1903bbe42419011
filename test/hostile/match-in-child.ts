import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Match {
  readonly source: string;
  readonly text: string;
}

/**
 * Matches each text against its pattern, as rules do, in a process of its own.
 * @param limitMs For one pattern, before the process is killed; generous, since only never-ending ones are meant.
 * @returns the sources that were not done by then.
 * @throws when the process ends by itself before all is done
 */
export async function unfinished(matches: readonly Match[], limitMs: number): Promise<readonly string[]> {
  const hung: string[] = [];
  let rest = matches;
  while (rest.length > 0) {
    const done = await matchUntilStuck(rest, limitMs);
    const stuck = rest[done];
    if (stuck !== undefined) hung.push(stuck.source);
    rest = rest.slice(done + 1);
  }
  return hung;
}

/** @returns how many were done before one took too long; all, if none did. */
async function matchUntilStuck(matches: readonly Match[], limitMs: number): Promise<number> {
  const child = fork(fileURLToPath(new URL('match-all.ts', import.meta.url)), { execArgv: [] });
  let done = -1;
  let killed = false;
  let timer: NodeJS.Timeout | undefined;
  child.on('message', () => {
    // The first message only says that the child is there.
    done += 1;
    clearTimeout(timer);
    timer = setTimeout(() => {
      killed = child.kill('SIGKILL');
    }, limitMs);
  });
  // 'exit' may come while messages are still to be read. After 'disconnect' none are.
  const ended = Promise.all([once(child, 'disconnect'), once(child, 'exit')]);
  child.send(matches);
  const [, how] = await ended;
  clearTimeout(timer);
  if (!killed && done < matches.length) {
    throw new Error(`matching ended by itself (${how}) after ${done} of ${matches.length} patterns`);
  }
  return done;
}
