import { type ConversationsService, createConversationsService } from '../../emulator/index.ts';
import * as receiveFunction from '../../functions/receive.ts';
import * as reconcileFunction from '../../functions/reconcile.ts';
import * as replyFunction from '../../functions/reply.ts';
import { readConfig } from '../../lib/config.ts';
import { createLog } from '../../lib/log.ts';
import type {
  ApiKey,
  AuthTokens,
  HttpClient,
  HttpRequest,
  HttpResponse,
  Queue,
  QueueMessage,
  Secret,
  Store,
} from '../../lib/ports.ts';
import { spoolingQueue } from '../../lib/queue/spool.ts';
import type { RuleBook } from '../../lib/rules/types.ts';
import { toLambdaEvent } from '../../local/lambda/lambda-event.ts';
import {
  createMemoryQueue,
  type MemoryQueue,
  type ReceivedMessage,
} from '../../local/lambda/memory-queue.ts';
import { createMemoryStore, type MemoryStore } from '../../local/lambda/memory-store.ts';
import { manualClock } from '../contract/manual-clock.ts';
import { seededRandom } from '../simulation/scheduler.ts';
import type { Canaries } from './canaries.ts';
import type { Outputs } from './outputs.ts';

export const ORIGIN = 'https://conversations.twilio.com';
export const WEBHOOK_URL = 'https://bot.example.com/webhook';

/** What a test puts in the place of a part of the outside. */
export interface Broken {
  /** Answers instead of Twilio, or throws; undefined lets the request through. */
  readonly twilio?: (request: HttpRequest) => HttpResponse | Promise<HttpResponse> | undefined;
  readonly authTokens?: AuthTokens;
  readonly apiKey?: Secret<ApiKey>;
  readonly queue?: Queue;
  readonly store?: Partial<Store>;
}

export interface PlantedWorld {
  readonly service: ConversationsService;
  readonly queue: MemoryQueue;
  readonly store: MemoryStore;
  readonly authToken: string;
  /** Puts a message on the queue as the functions do. */
  enqueue(message: QueueMessage): Promise<void>;
  /** Hands an HTTP event to the receive function. */
  receive(event: unknown): Promise<unknown>;
  /** Lets the reply function work until nothing is left, or `hours` have passed. */
  work(hours?: number): Promise<void>;
  reconcile(): Promise<void>;
  break(broken: Broken): void;
}

export interface PlantedOptions {
  readonly canaries: Canaries;
  readonly outputs: Outputs;
  readonly rules: RuleBook;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The three functions between the local service and a queue and a table in memory; the credentials are canaries. */
export function createPlantedWorld({
  canaries,
  outputs,
  rules,
  environment = {},
}: PlantedOptions): PlantedWorld {
  const authToken = canaries.plantValue('auth token', 'fa1ce5ecf2e70c2ea7a6b1d05eed9f3c');
  const apiKeySecret = canaries.plantValue('API key secret', 'Zk4naRiSecretKey9wQx27LmPtVbHsYd');
  const identity = {
    accountSid: `AC${'1'.repeat(32)}`,
    serviceSid: `IS${'2'.repeat(32)}`,
    apiKeySid: `SK${'3'.repeat(32)}`,
    apiKeySecret,
    authToken,
  };
  const settings = {
    TWILIO_ACCOUNT_SID: identity.accountSid,
    TWILIO_CHAT_SERVICE_SID: identity.serviceSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_API_KEY_SID: identity.apiKeySid,
    TWILIO_API_KEY_SECRET: apiKeySecret,
    PUBLIC_URL: WEBHOOK_URL,
    QUEUE_URL: 'https://sqs.example.com/parley.fifo',
    TABLE_NAME: 'parley',
    ...environment,
  };
  const clock = manualClock();
  const random = seededRandom(1);
  const log = createLog({ level: 'debug', now: clock.now, write: (line) => outputs.add('log', line) });
  const queue = createMemoryQueue({ clock });
  const store = createMemoryStore({ clock });
  let broken: Broken = {};

  const service = createConversationsService({
    ...identity,
    // Nothing in the service waits for its time: receipts and timers are not what is looked at.
    clock: { now: clock.now, sleep: () => new Promise(() => undefined) },
    random,
    deliver: async ({ method, url, headers, body }) => {
      const webhook = { method, url, headers, body: Buffer.from(body) };
      const answer = (await receive(toLambdaEvent(webhook, clock.now()))) as { statusCode: number };
      return { status: answer.statusCode, headers: {}, body: '' };
    },
    settings: { actionsPerSecond: null },
  });
  service.configureWebhooks({
    PostWebhookUrl: WEBHOOK_URL,
    Filters: ['onMessageAdded', 'onParticipantAdded', 'onConversationAdded'],
  });

  const http: HttpClient = async (request) => {
    const answer = broken.twilio?.(request);
    if (answer !== undefined) return answer;
    const { status, headers, body } = await service.handle({
      method: request.method,
      url: `${ORIGIN}${request.path}`,
      headers: request.headers,
      body: Buffer.from(request.body ?? ''),
    });
    return { status, headers, body: Buffer.from(body).toString('utf8') };
  };

  const seenQueue: Queue = {
    send: async (message) => {
      seeIds(message);
      await (broken.queue ?? queue).send(message);
    },
  };
  const storeNow = (): Store => ({ ...store, ...broken.store });
  const apiKey = () => broken.apiKey ?? fixed({ sid: identity.apiKeySid, secret: apiKeySecret });

  /** The body is the event itself and has to be; what tells messages apart must say nothing. */
  function seeIds({ groupId, deduplicationId }: QueueMessage): void {
    outputs.add('queue ids', JSON.stringify({ groupId, deduplicationId }));
  }

  /** What a function answers, or what it throws, which Lambda prints. */
  async function seen<T>(run: () => Promise<T>): Promise<T | undefined> {
    try {
      const answer = await run();
      outputs.add('answer', answer);
      return answer;
    } catch (error) {
      outputs.add('error', error);
      return undefined;
    }
  }

  function receive(event: unknown): Promise<unknown> {
    const handler = receiveFunction.createHandler(readConfig('receive', settings), {
      authTokens: broken.authTokens ?? fixed([authToken]),
      queue: spoolingQueue({ queue: seenQueue, store: storeNow(), clock, log }),
      clock,
      log,
      rules,
    });
    return seen(() => handler(event));
  }

  async function workOn(batch: readonly ReceivedMessage[]): Promise<void> {
    const handler = replyFunction.createHandler(readConfig('reply', settings), {
      apiKey: apiKey(),
      store: storeNow(),
      postpone: queue.postpone,
      http,
      clock,
      random,
      log,
      rules,
    });
    const result = await seen(() => handler(toSqsEvent(batch), { getRemainingTimeInMillis: () => 30_000 }));
    const failed = new Set(result?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const { messageId, receiptHandle } of batch) {
      if (result !== undefined && !failed.has(messageId)) queue.delete(receiptHandle);
    }
  }

  return {
    service,
    queue,
    store,
    authToken,
    enqueue: seenQueue.send,
    receive,
    work: async (hours = 24) => {
      await service.idle();
      const until = clock.now() + hours * 3_600_000;
      for (let at = queue.nextVisibleAt(); at !== undefined && at <= until; at = queue.nextVisibleAt()) {
        clock.advance(Math.max(0, at - clock.now()));
        const batch = queue.receive();
        if (batch.length > 0) await workOn(batch);
      }
      for (const message of queue.deadLetters) seeIds(message);
    },
    reconcile: async () => {
      const handler = reconcileFunction.createHandler(readConfig('reconcile', settings), {
        apiKey: apiKey(),
        store: storeNow(),
        queue: seenQueue,
        http,
        clock,
        random,
        log,
      });
      await seen(() => handler({ look: 'now' }, { getRemainingTimeInMillis: () => 120_000 }));
    },
    break: (next) => {
      broken = next;
    },
  };
}

function fixed<T>(value: T): Secret<T> {
  return { get: async () => value, refresh: async () => value };
}

function toSqsEvent(batch: readonly ReceivedMessage[]) {
  const Records = batch.map(({ messageId, receiptHandle, body, receiveCount, groupId }) => ({
    messageId,
    receiptHandle,
    body,
    attributes: { ApproximateReceiveCount: String(receiveCount), MessageGroupId: groupId },
  }));
  return { Records } as never;
}
