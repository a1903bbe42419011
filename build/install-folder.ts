import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What only a long proof needs is not installed with the rest: its folder has a package.json and a lock file of its
 * own, and its command installs it here before it starts.
 */
export function installFolder(folder: string): void {
  if (isInstalled(folder)) return;
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error(`npm ci in ${folder} ended with ${status}; what it says is above.`);
}

/** npm writes its own copy of the lock file last, so one that is older is of another lock file or half an install. */
export function isInstalled(folder: string): boolean {
  const copy = join(folder, 'node_modules/.package-lock.json');
  return existsSync(copy) && statSync(copy).mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs;
}
