import { createHandler } from '../../../functions/reconcile.ts';
import { fixedSecret } from '../../../lib/aws/secret.ts';
import { readConfig } from '../../../lib/config.ts';
import { createLog } from '../../../lib/log.ts';
import type { HttpRequest, HttpResponse, Store } from '../../../lib/ports.ts';
import { ACCOUNT, ENVIRONMENT } from '../account.ts';
import type { Scheduler } from '../scheduler.ts';
import { countingStore, type Usage } from './counting-store.ts';
import type { Run } from './scale-types.ts';
import type { TwilioPages } from './twilio-pages.ts';

export const PAGE_MS = 150;
export const SLOW_PAGE_MS = 250;
/** One page in so many is slow. */
export const SLOW_ONE_IN = 10;
/** A call of SQS or DynamoDB. */
export const AWS_MS = 5;

export interface Surroundings {
  readonly scheduler: Scheduler;
  readonly store: Store;
  readonly pages: TwilioPages;
  readonly queued: (messageSid: string) => Promise<void>;
  readonly usage: Usage;
  /** Takes a line of the log. */
  readonly write: (line: string) => void;
}

/** One invocation of the real function, which is gone when its time is over: nothing that it waits for comes any more. */
export async function invokeReconcile(surroundings: Surroundings, timeoutMs: number): Promise<Run> {
  const { scheduler, store, pages, queued, usage, write } = surroundings;
  const at = scheduler.now();
  const deadline = at + timeoutMs;
  const wait = async (ms: number) => {
    await scheduler.sleep(ms);
    if (scheduler.now() >= deadline) await new Promise(() => undefined);
  };
  const awsWait = () => wait(AWS_MS);
  const http = async (request: HttpRequest): Promise<HttpResponse> => {
    await wait(scheduler.random() * SLOW_ONE_IN < 1 ? SLOW_PAGE_MS : PAGE_MS);
    return pages.answer(request);
  };
  const handler = createHandler(readConfig('reconcile', ENVIRONMENT), {
    apiKey: fixedSecret({ sid: ACCOUNT.apiKeySid, secret: ACCOUNT.apiKeySecret }),
    store: countingStore(store, usage, awsWait),
    queue: {
      send: async ({ deduplicationId }) => {
        await awsWait();
        await queued(deduplicationId.slice(deduplicationId.indexOf('|') + 1));
      },
    },
    http,
    monitor: http,
    clock: { now: scheduler.now, sleep: wait },
    random: scheduler.random,
    log: createLog({ level: 'error', now: scheduler.now, write }),
  });
  const ended = handler({} as never, { getRemainingTimeInMillis: () => deadline - scheduler.now() });
  const killed = await Promise.race([ended.then(() => false), scheduler.sleep(timeoutMs).then(() => true)]);
  return { at, ms: scheduler.now() - at, killed };
}
