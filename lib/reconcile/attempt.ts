import { errorCode } from '../error-code.ts';
import type { Log } from '../log.ts';

/** What fails is counted and must not keep the rest from being done. @returns undefined when it failed. */
export async function attempt<T>(
  { log }: { readonly log: Pick<Log, 'count'> },
  act: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    log.count('reconcile_failed', errorCode(error));
    return undefined;
  }
}
