import { type ChildProcess, spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';

/**
 * `npm test`: the tests with their coverage, and beside them, in what time they leave, the linter and the types. What is
 * wrong with those is said at the end, where it is seen.
 */
const checks = spawn('npm run --silent lint && npm run --silent types', {
  shell: true,
  stdio: ['ignore', 'pipe', 'pipe'],
});
if (checks.pid !== undefined) setPriority(checks.pid, constants.priority.PRIORITY_BELOW_NORMAL);
const said: Buffer[] = [];
checks.stdout.on('data', (chunk: Buffer) => said.push(chunk));
checks.stderr.on('data', (chunk: Buffer) => said.push(chunk));
const checked = ended(checks);

const tests = spawn(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--coverage', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
const status = await ended(tests);
const ofChecks = await checked;
if (ofChecks !== 0) process.stdout.write(Buffer.concat(said));
process.exitCode = status || ofChecks;

/** @returns its exit status, 1 where a signal ended it */
function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}
