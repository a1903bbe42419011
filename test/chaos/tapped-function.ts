import type { FunctionName } from '../../lib/settings.ts';
import { startFunction } from '../../local/lambda/lambda-runtime.ts';
import type { InvokeResult } from '../../local/lambda/runtime-api.ts';
import { startTap, type TapOptions, type When } from './tap.ts';

/** The moment in an invocation at which its process is killed. */
export type Moment =
  /** At its `nth` (from 1) call of this name. */
  | { readonly at: 'call'; readonly call: string; readonly nth: number; readonly when: When }
  /** When it has done its work: before Lambda hears of it, so that SQS keeps the message, or after. */
  | { readonly at: 'answer'; readonly when: 'before' | 'after' }
  /** So many milliseconds after its start, if it still runs then. */
  | { readonly at: 'time'; readonly ms: number };

export interface Invocation {
  readonly result: InvokeResult;
  readonly killed: boolean;
  /** The calls it made, in the order in which they came. */
  readonly calls: readonly string[];
  readonly ms: number;
}

/** A packaged function in a process of its own, which can be killed at a chosen moment of an invocation. */
export interface TappedFunction {
  invoke(event: unknown, moment?: Moment): Promise<Invocation>;
  stop(): Promise<void>;
  /** Whether it has been invoked: the first invocation of a process makes more calls than the later ones. */
  readonly used: boolean;
}

export interface SurroundingOptions extends Pick<TapOptions, 'later' | 'pretend'> {
  /** Where the bundle of a function is, below this folder. @default dist/NAME */
  readonly folders?: Partial<Readonly<Record<FunctionName, string>>> | undefined;
}

const DIED: InvokeResult = {
  ok: false,
  error: { errorType: 'Runtime.ExitError', errorMessage: 'killed before it answered' },
};

export async function startTappedFunction(
  name: FunctionName,
  env: Readonly<Record<string, string>>,
  { later, pretend, folders }: SurroundingOptions,
): Promise<TappedFunction> {
  let moment: Moment | undefined;
  let calls: string[] = [];
  let killed = false;
  let used = false;

  const onCall = (call: string): When | undefined => {
    calls.push(call);
    if (moment?.at !== 'call' || moment.call !== call) return undefined;
    return calls.filter((made) => made === call).length === moment.nth ? moment.when : undefined;
  };
  const kill = async () => {
    killed = true;
    await running.kill('SIGKILL');
  };
  const tap = await startTap({ env, onCall, kill, later, pretend });
  const running = await startFunction({
    bundleDir: `${process.cwd()}/${folders?.[name] ?? `dist/${name}`}`,
    handler: 'index.handler',
    env: tap.env,
  });

  return {
    invoke: async (event, at) => {
      moment = at;
      calls = [];
      used = true;
      const started = performance.now();
      const timer = at?.at === 'time' ? setTimeout(() => void kill(), at.ms) : undefined;
      const result = await running.invoke(event);
      clearTimeout(timer);
      const ms = performance.now() - started;
      moment = undefined;
      if (at?.at !== 'answer') return { result, killed, calls, ms };
      await kill();
      return { result: at.when === 'before' ? DIED : result, killed, calls, ms };
    },
    stop: async () => {
      await running.stop();
      await tap.close();
    },
    get used() {
      return used;
    },
  };
}
