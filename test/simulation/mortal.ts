import { AwsFailure } from '../../lib/aws/aws-failure.ts';
import type { Clock } from '../../lib/ports.ts';
import type { Scheduler } from './scheduler.ts';

/** Shares of one with which a call through a mortal process goes wrong. */
export interface CallFaults {
  readonly portBefore: number;
  readonly portAfter: number;
  readonly crash: number;
}

/**
 * A process that may die at any await. Dead means gone: what it waits for never comes, so not one line of it runs
 * any more, finally blocks included, as after SIGKILL.
 */
export interface Mortal {
  readonly alive: boolean;
  kill(): void;
  /** Calls the world outside, which may fail before or after the effect, or be the last thing the process does. */
  call<T>(name: string, effect: () => Promise<T>): Promise<T>;
  /** As `call`, for a port that brings its own failures (HTTP). */
  exchange<T>(name: string, effect: () => Promise<T>): Promise<T>;
  readonly clock: Clock;
}

export interface MortalOptions {
  readonly scheduler: Scheduler;
  readonly faults: () => CallFaults;
  readonly trace: (line: string) => void;
  readonly onDeath?: () => void;
}

const LATENCY_MS = 20;

export function createMortal({ scheduler, faults, trace, onDeath }: MortalOptions): Mortal {
  const { random } = scheduler;
  let alive = true;
  const never = new Promise<never>(() => undefined);

  function kill(): void {
    if (!alive) return;
    alive = false;
    onDeath?.();
  }

  async function guarded<T>(name: string, effect: () => Promise<T>, failing: boolean): Promise<T> {
    if (!alive) return never;
    const { portBefore, portAfter, crash } = faults();
    await scheduler.sleep(random() * LATENCY_MS);
    if (!alive) return never;
    if (random() < crash) {
      trace(`crash before ${name}`);
      kill();
      return never;
    }
    if (failing && random() < portBefore) {
      trace(`${name} fails before its effect`);
      throw new AwsFailure(name, new Error());
    }
    let outcome: { ok: true; value: T } | { ok: false; error: unknown };
    try {
      outcome = { ok: true, value: await effect() };
    } catch (error) {
      outcome = { ok: false, error };
    }
    if (!alive) return never;
    if (random() < crash) {
      trace(`crash after ${name}`);
      kill();
      return never;
    }
    await scheduler.sleep(random() * LATENCY_MS);
    if (!alive) return never;
    if (!outcome.ok) throw outcome.error;
    if (failing && random() < portAfter) {
      trace(`${name} fails after its effect`);
      throw new AwsFailure(name, new Error());
    }
    return outcome.value;
  }

  return {
    get alive() {
      return alive;
    },
    kill,
    call: (name, effect) => guarded(name, effect, true),
    exchange: (name, effect) => guarded(name, effect, false),
    clock: {
      now: scheduler.now,
      sleep: async (ms) => {
        await scheduler.sleep(ms);
        if (!alive) return never;
      },
    },
  };
}
