import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Defect, profileOfDefect, SEED_LIMIT } from './defect.ts';
import type { Ground } from './plant.ts';

/** What came of one defect. */
export interface Bite {
  readonly name: string;
  readonly caught: boolean;
  /** The problem that was seen, or the test that failed. */
  readonly by: string;
  /** Seeds until it showed; undefined when a test caught it. */
  readonly seeds: number | undefined;
}

export async function bite(ground: Ground, defect: Defect): Promise<Bite> {
  const { name, edits, caughtBy } = defect;
  const profile = profileOfDefect(defect);
  const restore = ground.plant(edits);
  try {
    const seen = profile === undefined ? runTest(ground, caughtBy) : hunt(ground, SEED_LIMIT, profile);
    return { name, ...(await seen) };
  } finally {
    restore();
  }
}

/** @returns caught: false when `limit` seeds of the profile pass, as they must in the sound build. */
export async function hunt({ folder }: Ground, limit: number, profile: string): Promise<Omit<Bite, 'name'>> {
  const { code, out } = await run(folder, ['test/simulation/teeth/hunt.ts', String(limit), profile]);
  // A build that cannot even start shows nothing about the simulation.
  if (code !== 0) throw new Error(`the simulation did not run:\n${out}`);
  const found = JSON.parse(out) as { seeds: number; problem: string } | null;
  return {
    caught: found !== null,
    by: found?.problem ?? `nothing in ${limit} seeds of ${profile}`,
    seeds: found?.seeds,
  };
}

interface Report {
  readonly numTotalTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

export async function runTest({ folder }: Ground, file: string): Promise<Omit<Bite, 'name'>> {
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const report = join(folder, 'report.json');
  rmSync(report, { force: true });
  await run(folder, [vitest, 'run', file, '--reporter=json', `--outputFile=${report}`]);
  const { numTotalTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  if (numTotalTests === 0) throw new Error(`${file} did not run`);
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .find(({ status }) => status === 'failed');
  return { caught: failed !== undefined, by: failed?.fullName ?? `nothing in ${file}`, seeds: undefined };
}

function run(cwd: string, args: readonly string[]): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve) => {
    // A test that draws some of its cases might not draw the one that notices.
    const env = { ...process.env, CASES: 'all' };
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('close', (code) =>
      resolve({ code, out: Buffer.concat(code === 0 || out.length > 0 ? out : err).toString('utf8') }),
    );
  });
}
