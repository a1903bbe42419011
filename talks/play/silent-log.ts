import type { Log } from '../../lib/log.ts';

/** What a talk shows it shows by itself. */
export const SILENT: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  count: () => undefined,
  measure: () => undefined,
  within: (_, run) => run(),
  carry: () => undefined,
};
