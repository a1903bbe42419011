import { readFileSync } from 'node:fs';
import { type FunctionOptions, startFunction } from '../local/lambda/lambda-runtime.ts';

/** All times in milliseconds from the start of the process. */
export interface Start {
  /** Until it asked for its first event. */
  readonly ready: number;
  /** Until it had answered that event. */
  readonly first: number;
  /** The same two on the main thread's own clock, which stands while others have the processor. */
  readonly readyCpu: number;
  readonly firstCpu: number;
  /** Resident memory at the end, in MiB. */
  readonly rss: number;
}

/** One cold start: a fresh process under AWS's runtime client, and its first event. Linux only. */
export async function measureStart(options: FunctionOptions, event: unknown): Promise<Start> {
  const started = await startFunction(options);
  try {
    const readyCpu = processorTime(started.pid);
    const before = performance.now();
    const result = await started.invoke(event);
    const took = performance.now() - before;
    if (!result.ok) throw new Error(`${options.bundleDir}: ${JSON.stringify(result.error)}`);
    const firstCpu = processorTime(started.pid);
    const rss = residentMemory(started.pid);
    return { ready: started.readyMs, first: started.readyMs + took, readyCpu, firstCpu, rss };
  } finally {
    await started.stop();
  }
}

/** Of the main thread, in milliseconds. */
export function processorTime(pid: number): number {
  const [nanoseconds] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ');
  return Number(nanoseconds) / 1e6;
}

function residentMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(status.match(/VmRSS:\s+(\d+) kB/)?.[1]) / 1024;
}
