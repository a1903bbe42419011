import { readFileSync } from 'node:fs';
import { type FunctionOptions, startFunction } from '../test/support/lambda-runtime.ts';

export interface Start {
  /** Milliseconds from starting the process to its first request for an event. */
  readonly ready: number;
  /** And on to the answer to its first event. */
  readonly first: number;
  /** Resident memory then, in MiB; not a number where there is no /proc. */
  readonly rss: number;
}

/** One cold start: a fresh process under AWS's runtime client, and its first event. */
export async function measureStart(options: FunctionOptions, event: unknown): Promise<Start> {
  const started = await startFunction(options);
  try {
    const before = performance.now();
    const result = await started.invoke(event);
    const took = performance.now() - before;
    if (!result.ok) throw new Error(`${options.bundleDir}: ${JSON.stringify(result.error)}`);
    return { ready: started.readyMs, first: started.readyMs + took, rss: residentMemory(started.pid) };
  } finally {
    await started.stop();
  }
}

function residentMemory(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(status.match(/VmRSS:\s+(\d+) kB/)?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
