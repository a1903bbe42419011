import { valuesIn } from '../../cli/stage/metrics-in-log.ts';
import { readLogLine } from '../../cli/stage/read-log-line.ts';
import type { MetricQuery, Stage } from '../../cli/stage/stage.ts';
import { fixedSecret } from '../../lib/aws/secret.ts';
import type { Clock, Random } from '../../lib/ports.ts';
import { createTwilioApi } from '../../lib/twilio/request.ts';
import { ACCOUNT, ORIGIN } from './account.ts';
import type { SimulatedWorld } from './world.ts';

/** A simulated world as a command meets a deployed bot: the commands' own code looks at it, and needs no process. */
export function stageOfWorld(world: SimulatedWorld, clock: Clock & { readonly random: Random }): Stage {
  let requests = 0;
  const twilio = createTwilioApi({
    origin: ORIGIN,
    apiKey: fixedSecret({ sid: ACCOUNT.apiKeySid, secret: ACCOUNT.apiKeySecret }),
    clock,
    random: clock.random,
    http: async ({ method, path, headers, body = '' }) => {
      requests += 1;
      const response = await world.service.handle({
        method,
        url: `${ORIGIN}${path}`,
        headers,
        body: Buffer.from(body),
      });
      return { ...response, body: Buffer.from(response.body).toString('utf8') };
    },
  });
  const settings = world.settings();
  const lines = () => world.logs.map((line) => ({ line }));
  const unused = () => Promise.reject(new Error('The simulation has no use for it.'));
  return {
    name: 'simulated',
    given: { stage: 'simulated' },
    settings: { receive: settings, reply: settings, reconcile: settings },
    clock,
    random: clock.random,
    table: {
      get: (key) => world.store.get(key),
      getAll: (keys) => world.store.getAll(keys),
      list: (pk, limit) => world.store.list(pk, limit),
      put: (key, item, expected) => world.store.put(key, item, expected),
      remove: unused,
      async *scan() {
        yield* world.store.items().filter(([, { expiresAt }]) => expiresAt * 1_000 > clock.now());
      },
    },
    queue: { send: unused, depth: async () => ({ visible: world.queue.size(), inFlight: 0, delayed: 0 }) },
    deadLetters: {
      count: async () => world.queue.deadLetters.length,
      read: async (max) => world.queue.deadLetters.slice(0, max).map((one) => ({ ...one, handle: one.id })),
      remove: unused,
      release: async () => undefined,
    },
    twilio,
    twilioProduct: () => twilio,
    twilioAs: () => twilio,
    requests: () => requests,
    metrics: {
      read: async (queries, { from, to, periodSeconds }) =>
        queries.map((query) =>
          query.namespace === 'AWS/SQS'
            ? [{ at: from, value: isReceived(query) ? failuresOf(world) : 0 }]
            : valuesIn(lines(), query, periodSeconds).filter(({ at }) => at >= from && at < to),
        ),
    },
    logs: {
      find: async (word, { from, to, limit }) =>
        world.logs
          .filter((line) => line.includes(word))
          .flatMap((line) => readLogLine('reply', line, 0) ?? [])
          .filter(({ at }) => at >= from && at < to)
          .slice(0, limit),
    },
    reconcile: unused,
    operator: async () => 'simulation',
    close: async () => undefined,
  };
}

function isReceived({ metric }: MetricQuery): boolean {
  return metric === 'NumberOfMessagesReceived';
}

/** How many more messages the queue handed out than it was told to delete. */
function failuresOf({ watch, logs }: SimulatedWorld): number {
  const { anywhere, forgotten } = watch.strikes();
  return anywhere + forgotten + logs.filter((line) => line.includes('"handed back to the queue"')).length;
}
