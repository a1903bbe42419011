import type { Terminal } from '../command.ts';
import type { AuditPorts } from './audit.ts';
import { type Acted, type Change, type Changed, change } from './change.ts';
import type { ChangeValues } from './stage-options.ts';

/** One of several things that a command changes, each by itself. */
export interface Step<T> {
  /** As an order: `Mute CH… until 10:30.` */
  readonly order: string;
  /** @param why as `--reason` or whoever was asked says */
  readonly act: (why: string) => Promise<T>;
}

type Steps<T> = Pick<Change<unknown>, 'command' | 'asksAlways'> & { readonly steps: readonly Step<T>[] };

/**
 * A change (change.ts) of one thing after the other, up to the first that fails: what was done before it stays done.
 *
 * @example
 * const changed = await changeEach(stage, values, terminal, {
 *   command: 'mute',
 *   steps: sids.map((sid) => ({ order: `Mute ${sid}.`, act: () => mute(stage, sid) })),
 * });
 * return tellChanged(changed, values, terminal);
 */
export function changeEach<T>(
  stage: AuditPorts,
  values: ChangeValues & { readonly json: boolean },
  terminal: Terminal,
  { steps, ...named }: Steps<T>,
): Promise<Changed<readonly T[]>> {
  const items = steps.map(({ order }) => order);
  return change(stage, values, terminal, { ...named, items, act: (why) => doEach(steps, why) });
}

async function doEach<T>(steps: readonly Step<T>[], why: string): Promise<Acted<readonly T[]>> {
  const result: T[] = [];
  const orders = steps.map(({ order }) => order);
  for (const [at, { order, act }] of steps.entries()) {
    try {
      result.push(await act(why));
    } catch (error) {
      // Of a single thing its error says everything.
      if (steps.length === 1) throw error;
      const stopped = { done: orders.slice(0, at), failed: order, error, notTried: orders.slice(at + 1) };
      return { result, stopped };
    }
  }
  return { result };
}
