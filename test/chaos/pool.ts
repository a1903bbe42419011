import type { FunctionName } from '../../lib/settings.ts';
import {
  type Invocation,
  type Moment,
  type SurroundingOptions,
  startTappedFunction,
  type TappedFunction,
} from './tapped-function.ts';

/** Processes of one function, as many as run at once; one that was killed is replaced at once. */
export interface Pool {
  readonly name: FunctionName;
  /** Waits for a process that is free; for a new one if it must not have been invoked before. */
  invoke(event: unknown, moment?: Moment, fresh?: boolean): Promise<Invocation>;
  /** Resolves when a process is free, or would be if nobody else took it. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

type Starting = Promise<TappedFunction>;

export function createPool(
  name: FunctionName,
  size: number,
  env: Readonly<Record<string, string>>,
  options: SurroundingOptions,
): Pool {
  const start = () => startTappedFunction(name, env, options);
  const free: Starting[] = Array.from({ length: size }, start);
  const waiting: ((process: Starting) => void)[] = [];

  const give = (process: Starting) => {
    const next = waiting.shift();
    if (next === undefined) free.push(process);
    else next(process);
  };
  const take = (): Starting => free.shift() ?? new Promise((resolve) => waiting.push(resolve));

  return {
    name,
    invoke: async (event, moment, fresh) => {
      const taken = await take();
      const process = fresh && taken.used ? await replace(taken, start) : taken;
      const invocation = await process.invoke(event, moment);
      give(invocation.killed ? replace(process, start) : Promise.resolve(process));
      return invocation;
    },
    ready: async () => {
      await free[0];
    },
    stop: async () => {
      const processes = await Promise.all(free);
      await Promise.all(processes.map((process) => process.stop()));
    },
  };
}

async function replace(old: TappedFunction, start: () => Starting): Starting {
  await old.stop();
  return start();
}
