import { readdirSync, readFileSync } from 'node:fs';

/** Processor time of a process's main thread so far, in milliseconds. Linux only, as the others here. */
export function mainThreadTime(pid: number): number {
  return onProcessor(`/proc/${pid}/schedstat`);
}

/**
 * Of all threads that it has: compiling code and collecting garbage go on beside the main one.
 * @param root where the system tells of its processes
 */
export function processorTime(pid: number, root = '/proc'): number {
  const threads = readdirSync(`${root}/${pid}/task`);
  return threads.reduce((sum, thread) => sum + ofThread(`${root}/${pid}/task/${thread}/schedstat`), 0);
}

/** Resident, in MiB. */
export function residentMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(status.match(/VmRSS:\s+(\d+) kB/)?.[1]) / 1024;
}

/** One that has ended since it was listed counts for nothing, as one that had ended before. */
function ofThread(file: string): number {
  try {
    return onProcessor(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return 0;
    throw error;
  }
}

function onProcessor(file: string): number {
  const [nanoseconds] = readFileSync(file, 'utf8').split(' ');
  return Number(nanoseconds) / 1e6;
}
