import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A change is told once nothing has changed for as long again: editors write a file in several steps. */
const EVERY_MS = 200;

/**
 * Calls `onChange` whenever files of a folder were written, made, removed or replaced, in whatever way. They are looked
 * at again and again, by name: a watcher of the system holds on to the file or folder that was there at first, and
 * hears nothing more when an editor or git has put another in its place, nor of what is written on a shared disk.
 *
 * @param folder absolute; it need not be there all the time
 * @param patterns what to look at, such as `templates/*.json`
 * @param everyMs how often to look
 * @returns ends it
 * @example
 * ```ts
 * import { watchFiles } from './talks/watch-files.ts';
 *
 * const end = watchFiles('/home/ana/bot', ['rules.yaml', 'templates/*.json'], () => undefined);
 * end();
 * ```
 */
export function watchFiles(
  folder: string,
  patterns: readonly string[],
  onChange: () => void,
  everyMs = EVERY_MS,
): () => void {
  let told = look(folder, patterns);
  let last = told;
  const timer = setInterval(() => {
    const now = look(folder, patterns);
    const isCalm = now === last;
    last = now;
    if (!isCalm || now === told) return;
    told = now;
    onChange();
  }, everyMs);
  return () => clearInterval(timer);
}

/** Which files are there, and what changes with each write: a file's number, size, and the time of its last change. */
function look(folder: string, patterns: readonly string[]): string {
  const files = globSync([...patterns], { cwd: folder }).sort();
  const states = files.map((file) => {
    const state = statSync(join(folder, file), { bigint: true, throwIfNoEntry: false });
    return state === undefined ? file : `${file} ${state.ino} ${state.size} ${state.ctimeNs}`;
  });
  return states.join('\n');
}
