import type { Terminal } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { type Changed, MOST_SHOWN, type Stopped, statusOf } from './change.ts';
import { explainError } from './explain-error.ts';

/**
 * Says how a change ended, once the command has said what came of it: with `--json` in the one object of the command,
 * else only where it ended before it was through.
 *
 * @param fields what else the object has
 * @returns the exit status
 * @throws what stopped it, where that is a defect; it is said before
 */
export function tellChanged(
  changed: Changed<unknown>,
  { json }: { readonly json: boolean },
  terminal: Pick<Terminal, 'out' | 'err'>,
  fields: object = {},
): number {
  if (json) terminal.out(JSON.stringify({ ...headOf(changed), ...fields }));
  if (changed.ended === 'failed') tellStopped(changed.stopped, terminal);
  return statusOf(changed);
}

function headOf(changed: Changed<unknown>): object {
  const { ended } = changed;
  if (changed.ended === 'done') return { ended };
  if (changed.ended !== 'failed') return { ended, would: changed.would };
  const { error, ...stopped } = changed.stopped;
  return { ended, error: messageOf(error), ...stopped };
}

function tellStopped({ done, failed, error, notTried }: Stopped, { err }: Pick<Terminal, 'err'>): void {
  const list = (head: string, orders: readonly string[]) => {
    for (const order of orders.slice(0, MOST_SHOWN)) err(`${head}: ${order}`);
    if (orders.length > MOST_SHOWN) err(`${head}: ${orders.length - MOST_SHOWN} more.`);
  };
  list('Done', done);
  err(`Failed: ${failed} ${messageOf(error)}`);
  list('Not tried', notTried);
  if (!(explainError(error) instanceof CommandError)) throw error;
}

function messageOf(error: unknown): string {
  const explained = explainError(error);
  return explained instanceof Error ? explained.message : String(explained);
}
