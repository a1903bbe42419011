#!/usr/bin/env node
/**
 * Finds a Node that runs TypeScript (24 or later) and hands the command over to it. This file itself is plain
 * JavaScript for Node 20 and later, because it runs on whatever the machine has.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const WANTED = 24;
const here = dirname(fileURLToPath(import.meta.url));
const node = ownNode() ?? currentNode();

if (node === undefined) {
  process.stderr.write(
    `parley: needs Node ${WANTED} or later, and this is ${process.version}. Run npm ci in ${dirname(here)} to get the project's own, or install Node ${WANTED}.\n`,
  );
  process.exit(1);
}

const child = spawn(node, [join(here, 'main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
process.on('SIGTERM', () => child.kill('SIGTERM'));
process.on('SIGINT', () => {
  // Ctrl-C reaches the child by itself: a terminal signals the whole group.
  if (!process.stdin.isTTY) child.kill('SIGINT');
});
child.on('error', (error) => {
  process.stderr.write(`parley: ${node} does not start: ${error.message}\n`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));

/** The Node that npm ci put beside the other dependencies, here or in a folder above. */
function ownNode() {
  for (let folder = here; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
    if (process.platform === 'linux' && existsSync(candidate)) return candidate;
    if (folder === resolve(folder, '..')) return undefined;
  }
}

function currentNode() {
  return Number.parseInt(process.versions.node, 10) >= WANTED ? process.execPath : undefined;
}
