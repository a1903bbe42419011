import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { BUNDLE_OPTIONS } from '../../build/bundle-options.ts';
import { leaveOut } from '../../build/leave-out.ts';
import { leaveOutUnused } from '../../build/leave-out-unused.ts';
import { bookOf } from '../book-of.ts';
import type { Candidate } from './candidates.ts';

export interface Bundle {
  readonly folder: string;
  readonly bytes: number;
  readonly gzip: number;
}

/** What every other candidate has in its code. */
const BOOK = bookOf(`version: 1
rules:
  - { id: hello, when: { includes: hello }, then: { text: Hello! How can I help? } }
`);

/**
 * Each handler as one file, as the build makes those of parley: those stand in dist/ already. Other libraries are taken
 * whole, as they come.
 * @returns by the candidates' names
 */
export async function bundleCandidates(
  candidates: readonly Candidate[],
): Promise<ReadonlyMap<string, Bundle>> {
  const bundles = await Promise.all(
    candidates.map(async (candidate) => [candidate.name, readBundle(await bundle(candidate))] as const),
  );
  return new Map(bundles);
}

async function bundle({
  name,
  file,
  keepsNames,
  package: library,
  function: built,
}: Candidate): Promise<string> {
  if (built !== undefined) return `dist/${built}/index.cjs`;
  const outfile = `dist/bench/${name.replaceAll(/\W+/g, '-')}/index.cjs`;
  const ours = { plugins: [leaveOut().plugin, leaveOutUnused(BOOK)] };
  await build({
    ...BUNDLE_OPTIONS,
    entryPoints: [file],
    outfile,
    keepNames: keepsNames ?? false,
    define: { ...BUNDLE_OPTIONS.define, RULES: JSON.stringify(BOOK) },
    ...(library === undefined && ours),
  });
  return outfile;
}

function readBundle(file: string): Bundle {
  const code = readFileSync(file);
  return { folder: resolve(dirname(file)), bytes: code.length, gzip: gzipSync(code, { level: 9 }).length };
}
