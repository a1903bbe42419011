import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isInstalled } from '../../build/install-folder.ts';

/** A folder whose lock file is a minute old, and the time at which npm was done, in minutes from then on. */
function folder(doneAfter?: number): string {
  const path = mkdtempSync(join(tmpdir(), 'parley-install-'));
  const locked = new Date('2026-11-20T10:00:00Z');
  const write = (name: string, time: Date) => {
    writeFileSync(join(path, name), '{}');
    utimesSync(join(path, name), time, time);
  };
  write('package-lock.json', locked);
  mkdirSync(join(path, 'node_modules'));
  if (doneAfter !== undefined) {
    write('node_modules/.package-lock.json', new Date(locked.getTime() + doneAfter * 60_000));
  }
  return path;
}

it.each([
  ['is installed when npm was done after its lock file was written', 1, true],
  ['is not installed when its lock file is newer than what npm installed', -1, false],
  ['is not installed when npm was stopped half way', undefined, false],
])('a folder with a lock file of its own %s', (_name, doneAfter, installed) => {
  expect(isInstalled(folder(doneAfter))).toBe(installed);
});
