import { readdirSync, readFileSync } from 'node:fs';

/** Processor time of a process's main thread so far, in milliseconds. Linux only, as the others here. */
export function mainThreadTime(pid: number): number {
  return onProcessor(`/proc/${pid}/schedstat`);
}

/** Of all threads that it has: compiling code and collecting garbage go on beside the main one. */
export function processorTime(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  return threads.reduce((sum, thread) => sum + onProcessor(`/proc/${pid}/task/${thread}/schedstat`), 0);
}

/** Resident, in MiB. */
export function residentMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(status.match(/VmRSS:\s+(\d+) kB/)?.[1]) / 1024;
}

function onProcessor(file: string): number {
  const [nanoseconds] = readFileSync(file, 'utf8').split(' ');
  return Number(nanoseconds) / 1e6;
}
