import { type FunctionOptions, startFunction } from '../../local/lambda/lambda-runtime.ts';
import { processorTime, residentMemory } from '../process-figures.ts';
import { quantile } from '../quantile.ts';

/** What one run of one handler gave. Times in milliseconds, memory in MiB. */
export interface Figures {
  /** From the start of the process until it asked for its first event. */
  readonly ready: number;
  /** Until it had answered that, too. */
  readonly first: number;
  /** Processor time of all threads, of the two above. */
  readonly readyCpu: number;
  readonly firstCpu: number;
  /** The second event alone. */
  readonly second: number;
  /** Of an event later on. */
  readonly p50: number;
  readonly p99: number;
  readonly eventCpu: number;
  readonly readyMemory: number;
  readonly firstMemory: number;
  readonly endMemory: number;
}

/** How many events a handler is given after the first two. */
export interface Steady {
  /** Before it is taken to be steady. */
  readonly warmUp: number;
  /** From then on. */
  readonly measured: number;
}

/**
 * One cold start: a fresh process under AWS's runtime client, which is given one event after the other.
 * @throws when one is not answered
 */
export async function measureHandler(
  options: FunctionOptions,
  next: () => Promise<unknown>,
  { warmUp, measured }: Steady,
): Promise<Figures> {
  let event = await next();
  const started = await startFunction(options);
  const { pid, readyMs: ready } = started;
  const invoke = async () => {
    const before = performance.now();
    const result = await started.invoke(event);
    const took = performance.now() - before;
    if (!result.ok || !isAnswered(result.payload))
      throw new Error(`${options.bundleDir}: ${JSON.stringify(result)}\n${started.output()}`);
    return took;
  };
  const invokeNext = async () => {
    event = await next();
    return invoke();
  };
  try {
    const readyCpu = processorTime(pid);
    const readyMemory = residentMemory(pid);
    const first = ready + (await invoke());
    const firstCpu = processorTime(pid);
    const firstMemory = residentMemory(pid);
    const second = await invokeNext();
    for (let n = 0; n < warmUp; n += 1) await invokeNext();
    const before = processorTime(pid);
    const times: number[] = [];
    while (times.length < measured) times.push(await invokeNext());
    const eventCpu = (processorTime(pid) - before) / measured;
    const steady = { p50: quantile(times, 0.5), p99: quantile(times, 0.99), eventCpu };
    return {
      ready,
      first,
      readyCpu,
      firstCpu,
      second,
      ...steady,
      readyMemory,
      firstMemory,
      endMemory: residentMemory(pid),
    };
  } finally {
    await started.stop();
  }
}

/** Of a webhook, or of a batch from the queue. */
function isAnswered(payload: unknown): boolean {
  const { statusCode, batchItemFailures } = payload as {
    readonly statusCode?: number;
    readonly batchItemFailures?: readonly unknown[];
  };
  return statusCode === 200 || batchItemFailures?.length === 0;
}
