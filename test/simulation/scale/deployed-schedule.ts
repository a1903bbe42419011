import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** How often AWS calls the reconciler, and how long it may take, as serverless.yml says, in milliseconds. */
export function deployedSchedule(): { readonly everyMs: number; readonly timeoutMs: number } {
  const { functions } = parse(readFileSync('serverless.yml', 'utf8'), { logLevel: 'error' }) as {
    readonly functions: { readonly reconcile: { readonly timeout: number; readonly events: unknown } };
  };
  const { timeout, events } = functions.reconcile;
  const minutes = /rate\((\d+) minutes?\)/.exec(JSON.stringify(events))?.[1];
  if (minutes === undefined) throw new Error('serverless.yml: expected reconcile to have a rate in minutes.');
  return { everyMs: Number(minutes) * 60_000, timeoutMs: timeout * 1_000 };
}
