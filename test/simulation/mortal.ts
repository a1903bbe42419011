import { AwsError } from '../../lib/aws/aws-error.ts';
import type { Clock } from '../../lib/ports.ts';
import type { Chaos, ProcessName } from './chaos.ts';
import type { Scheduler } from './scheduler.ts';

/**
 * A process that may die at any await. Dead means gone: what it waits for never comes, so not one line of it runs
 * any more, finally blocks included, as after SIGKILL. It may also stand still long enough for everybody to give it
 * up, and then go on: a zombie.
 */
export interface Mortal {
  readonly name: ProcessName;
  readonly alive: boolean;
  readonly stalled: boolean;
  /** Resolves when it dies. */
  readonly died: Promise<void>;
  /** When its present invocation ends, in true milliseconds since the epoch. */
  deadline: number;
  /** The key of the event whose record it has read last. */
  subject: string | undefined;
  kill(): void;
  /** Calls the world outside, which may fail before or after the effect, or be the last thing the process does. */
  call<T>(name: string, effect: () => Promise<T>): Promise<T>;
  /** As `call`, for a port that brings its own failures (HTTP). */
  exchange<T>(name: string, effect: () => Promise<T>): Promise<T>;
  readonly clock: Clock;
}

export interface MortalOptions {
  readonly name: ProcessName;
  readonly scheduler: Scheduler;
  readonly chaos: Chaos;
  readonly trace: (line: string) => void;
  /** How far its clock is off. */
  readonly skewMs: number;
}

const LATENCY_MS = 20;

export function createMortal({ name: ownName, scheduler, chaos, trace, skewMs }: MortalOptions): Mortal {
  const { random } = scheduler;
  let alive = true;
  let stalls = 0;
  let die: () => void = () => undefined;
  const died = new Promise<void>((resolve) => {
    die = resolve;
  });
  const never = new Promise<never>(() => undefined);

  function kill(): void {
    alive = false;
    die();
  }

  async function guarded<T>(name: string, effect: () => Promise<T>, failing: boolean): Promise<T> {
    if (!alive) return never;
    const fault = chaos.atCall({ process: self, name, failing });
    const faulty = (when: 'before' | 'after') => (fault?.when === when ? fault : undefined);
    await scheduler.sleep(random() * LATENCY_MS);
    if (!alive) return never;
    await strike(name, faulty('before'));
    let outcome: { ok: true; value: T } | { ok: false; error: unknown };
    try {
      outcome = { ok: true, value: await effect() };
    } catch (error) {
      outcome = { ok: false, error };
    }
    if (!alive) return never;
    await scheduler.sleep(random() * LATENCY_MS);
    if (!alive) return never;
    await strike(name, faulty('after'));
    if (!outcome.ok) throw outcome.error;
    return outcome.value;
  }

  async function strike(name: string, fault: ReturnType<Chaos['atCall']>): Promise<void> {
    if (fault === undefined) return;
    trace(`${name}: ${fault.kind} ${fault.when} its effect`);
    if (fault.kind === 'fail') throw new AwsError(name, new Error());
    if (fault.kind === 'crash') {
      kill();
      return never;
    }
    stalls += 1;
    await scheduler.sleep(fault.ms);
    stalls -= 1;
    if (!alive) return never;
    trace(`${name}: goes on`);
  }

  const self: Mortal = {
    name: ownName,
    subject: undefined,
    get alive() {
      return alive;
    },
    get stalled() {
      return stalls > 0;
    },
    died,
    deadline: 0,
    kill,
    call: (name, effect) => guarded(name, effect, true),
    exchange: (name, effect) => guarded(name, effect, false),
    clock: {
      now: () => scheduler.now() + skewMs,
      sleep: async (ms) => {
        await scheduler.sleep(ms);
        if (!alive) return never;
      },
    },
  };
  return self;
}
