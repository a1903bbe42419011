import type { Chaos, ProcessName } from './chaos.ts';
import type { FaultLoad } from './fault-load.ts';
import { createMortal, type Mortal } from './mortal.ts';
import type { Scheduler } from './scheduler.ts';

/** What every invocation gets from Lambda. */
export interface Context {
  getRemainingTimeInMillis(): number;
}

/** One container: a process, and the handler that was made in it. */
export interface Container<Handler> {
  readonly process: Mortal;
  readonly handler: Handler;
}

export interface Lambda {
  newProcess(name: ProcessName): Mortal;
  /** Runs one invocation; resolves to undefined when its process died or its time ran out. */
  invoke<T>(
    process: Mortal,
    timeoutMs: number,
    run: (context: Context) => Promise<T>,
  ): Promise<T | undefined>;
}

/** One invocation, when it has ended. */
export interface Invocation {
  readonly name: ProcessName;
  /** When it began, in milliseconds since the epoch. */
  readonly at: number;
  readonly ms: number;
  /** Whether it threw, was out of time or its process died. */
  readonly failed: boolean;
}

export interface LambdaOptions {
  readonly scheduler: Scheduler;
  readonly chaos: Chaos;
  readonly load: () => FaultLoad;
  readonly trace: (line: string) => void;
  /** Called when a process is killed because its time is over. */
  readonly onTimeout: (process: Mortal) => void;
  readonly onInvoked?: ((invocation: Invocation) => void) | undefined;
}

export function createLambda(options: LambdaOptions): Lambda {
  const { scheduler, chaos, load, trace, onTimeout, onInvoked } = options;
  return {
    newProcess: (name) => {
      const { skewMs } = load();
      const skew = skewMs === 0 ? 0 : (scheduler.random() * 2 - 1) * skewMs;
      return createMortal({ name, scheduler, chaos, trace, skewMs: skew });
    },
    invoke: (process, timeoutMs, run) =>
      new Promise((resolve) => {
        const at = scheduler.now();
        const deadline = at + timeoutMs;
        process.deadline = deadline;
        let over = false;
        const end = <T>(value: T, failed = true) => {
          if (!over) onInvoked?.({ name: process.name, at, ms: scheduler.now() - at, failed });
          over = true;
          return value;
        };
        void process.died.then(() => resolve(end(undefined)));
        scheduler.after(timeoutMs, () => {
          if (over) return;
          // What stands still is given up, but not dead: it goes on when nobody expects it any more.
          if (process.stalled) resolve(end(undefined));
          else {
            onTimeout(process);
            process.kill();
          }
        });
        const context = { getRemainingTimeInMillis: () => deadline - scheduler.now() };
        run(context).then(
          (result) => resolve(end(result, false)),
          () => resolve(end(undefined)),
        );
      }),
  };
}
