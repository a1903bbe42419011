import type { Terminal } from '../cli/command.ts';

/** Stays up until Ctrl-C, then stops cleanly. To be called before anything is printed: a script may stop us at once. */
export function stopOnSignal(stop: () => Promise<void>, quiet: boolean, { out }: Terminal): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void stop().then(() => {
        if (!quiet) out('\nStopped.');
        process.exit(0);
      });
    });
  }
}
