import { SQSClient } from '@aws-sdk/client-sqs';
import type { Deliver } from '../../../emulator/index.ts';
import { createQueue } from '../../../lib/aws/queue.ts';
import { readApiKey, readAuthTokens } from '../../../lib/aws/secrets.ts';
import { createStore } from '../../../lib/aws/store.ts';
import { systemClock } from '../../../lib/clock.ts';
import { type FunctionName, readConfig } from '../../../lib/config.ts';
import { createLog, type Log } from '../../../lib/log.ts';
import { createHttpClient } from '../../../lib/twilio/http-client.ts';
import type { AwsLocal } from '../../../local/lambda/aws-local.ts';
import { deliverAll } from '../../../local/lambda/event-source-mapping.ts';
import { toLambdaEvent } from '../../../local/lambda/lambda-event.ts';
import type { KeptLog } from '../../../local/operator/keep-log.ts';

type Environment = Readonly<Record<string, string>>;

export interface Functions {
  /** The API with receive behind it, which has one route. */
  readonly door: Deliver;
  /** What the event source mapping does until nothing is visible on the queue. Resolves to how many it handed over. */
  answer(waitSeconds?: number): Promise<number>;
  reconcile(asked: unknown): Promise<unknown>;
  close(): Promise<void>;
}

const ROUTE = 'POST /webhook';
const NO_ROUTE = { status: 404, headers: {}, body: '{"message":"Not Found"}' };

/**
 * The three functions as they are, in this process, on the stand-ins for AWS. Each is loaded when it is first called,
 * with the environment that AWS shows at that moment.
 */
export function createFunctions(
  aws: AwsLocal,
  log: KeptLog,
  environmentOf: (name: FunctionName) => Environment,
): Functions {
  const clock = systemClock;
  const random = Math.random;
  const closing: (() => Promise<void> | void)[] = [];
  const logOf = (name: FunctionName): Log =>
    createLog({
      level: 'info',
      now: clock.now,
      write: (line) => log.add({ at: clock.now(), function: name, line }),
    });

  function partsOf(name: FunctionName, secretId: string) {
    const own = logOf(name);
    const http = createHttpClient({ origin: environmentOf(name)['TWILIO_API_URL'] ?? '', clock });
    const queue = createQueue({ url: aws.queueUrl, client: aws.clients.sqs });
    closing.push(http.close);
    return {
      apiKey: readApiKey(secretId, { clock, log: own, client: aws.clients.secrets }),
      store: createStore({ tableName: aws.tableName, clock, client: aws.clients.dynamodb }),
      queue,
      postpone: queue.postpone,
      http: http.send,
      clock,
      random,
      log: own,
    };
  }

  const receive = once(async () => {
    const { createHandler } = await import('../../../functions/receive.ts');
    const config = readConfig('receive', environmentOf('receive'));
    const own = logOf('receive');
    return createHandler(config, {
      authTokens: readAuthTokens(config.TWILIO_AUTH_TOKEN_SECRET_ID ?? '', {
        clock,
        log: own,
        client: aws.clients.secrets,
      }),
      queue: createQueue({ url: aws.queueUrl, client: aws.clients.sqs }),
      clock,
      log: own,
    });
  });
  const reply = once(async () => {
    const { createHandler } = await import('../../../functions/reply.ts');
    const config = readConfig('reply', environmentOf('reply'));
    return createHandler(config, partsOf('reply', config.TWILIO_API_KEY_SECRET_ID ?? ''));
  });
  const reconcile = once(async () => {
    const { createHandler } = await import('../../../functions/reconcile.ts');
    const config = readConfig('reconcile', environmentOf('reconcile'));
    return createHandler(config, partsOf('reconcile', config.TWILIO_API_KEY_SECRET_ID ?? ''));
  });
  const sqs = once(async () => {
    const client = new SQSClient(aws.clients.sqs);
    closing.push(() => client.destroy());
    return client;
  });
  const remaining = (ms: number) => ({ getRemainingTimeInMillis: () => ms });

  return {
    door: async ({ method, url, headers, body }) => {
      if (`${method} ${new URL(url).pathname}` !== ROUTE) return NO_ROUTE;
      const handle = await receive();
      const answer = await handle(toLambdaEvent({ method, url, headers, body }, clock.now()));
      return { status: answer.statusCode, headers: answer.headers ?? {}, body: answer.body };
    },
    answer: async (waitSeconds = 0) => {
      const handle = await reply();
      return deliverAll({
        waitSeconds,
        sqs: await sqs(),
        queueUrl: aws.queueUrl,
        batchSize: 1,
        invoke: async (event) => ({ ok: true, payload: await handle(event, remaining(30_000)) }),
      });
    },
    reconcile: async (asked) => (await reconcile())(asked, remaining(120_000)),
    close: async () => {
      await Promise.all(closing.map((close) => close()));
    },
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
