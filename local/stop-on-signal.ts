import { DONE, FAILED, type Terminal } from '../cli/command.ts';
import { whyNoFile } from '../cli/why-no-file.ts';

/** Stays up until Ctrl-C, then stops cleanly. To be called before anything is printed: a script may stop us at once. */
export function stopOnSignal(stop: () => Promise<void>, quiet: boolean, { out, err }: Terminal): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void stop().then(
        () => {
          if (!quiet) out('\nStopped.');
          process.exit(DONE);
        },
        (error: unknown) => {
          err(`Stopped, and what --state names was not written: ${whyNoFile(error)}.`);
          process.exit(FAILED);
        },
      );
    });
  }
}
