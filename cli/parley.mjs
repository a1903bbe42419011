#!/usr/bin/env node
/**
 * Finds a Node that runs TypeScript (node-version.cjs) and hands the command over to it. This file itself is plain
 * JavaScript for Node 20 and later, because it runs on whatever the machine has.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { problemOf } from './node-version.cjs';

const here = dirname(fileURLToPath(import.meta.url));
const problem = problemOf(process.versions.node);
/** Running; each signal goes to it. */
let child;

const own = ownNode();
if (own !== undefined) handOver(own, problem === undefined ? [process.execPath] : []);
else if (problem === undefined) handOver(process.execPath, []);
else fail(problem);

process.on('SIGTERM', () => child.kill('SIGTERM'));
process.on('SIGINT', () => {
  // Ctrl-C reaches the child by itself: a terminal signals the whole group.
  if (!process.stdin.isTTY) child.kill('SIGINT');
});

/** @param others tried in turn where `node` does not start, as one for glibc on Alpine */
function handOver(node, others) {
  child = spawn(node, [join(here, 'main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
  child.on('error', (error) => {
    const [next, ...rest] = others;
    if (next !== undefined) handOver(next, rest);
    else fail(problem ?? `parley: ${node} does not start: ${error.message}`);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

function fail(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

/** The Node that npm ci put beside the other dependencies, here or in a folder above. */
function ownNode() {
  for (let folder = here; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
    if (process.platform === 'linux' && existsSync(candidate)) return candidate;
    if (folder === resolve(folder, '..')) return undefined;
  }
}
