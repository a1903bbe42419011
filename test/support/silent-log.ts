import { createLog, type Log } from '../../lib/log.ts';

/** A log that keeps its lines; `lines` holds them parsed. */
export function silentLog(): Log & { readonly lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ level: 'debug', now: () => 0, write: (line) => lines.push(JSON.parse(line)) });
  return { ...log, lines };
}
