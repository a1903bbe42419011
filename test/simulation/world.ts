import * as receiveFunction from '../../functions/receive.ts';
import * as reconcileFunction from '../../functions/reconcile.ts';
import * as replyFunction from '../../functions/reply.ts';
import { fixedSecret } from '../../lib/aws/secret.ts';
import { readConfig } from '../../lib/config.ts';
import { createLog } from '../../lib/log.ts';
import type { HttpClient, QueueMessage, Store } from '../../lib/ports.ts';
import { spoolingQueue } from '../../lib/reply/spool.ts';
import { ConnectionError } from '../../lib/twilio/connection-error.ts';
import { toLambdaEvent } from '../../local/bot/lambda-event.ts';
import {
  createMemoryQueue,
  type MemoryQueue,
  ReceiptInvalid,
  type ReceivedMessage,
} from '../../local/memory/memory-queue.ts';
import { createMemoryStore, type MemoryStore } from '../../local/memory/memory-store.ts';
import { type ConversationsService, createConversationsService } from '../../local/service/create-service.ts';
import type { ServiceResponse } from '../../local/service/service-request.ts';
import type { WebhookRequest } from '../../local/service/webhooks/deliver.ts';
import { type FaultLoad, NO_FAULTS } from './fault-load.ts';
import { createMortal, type Mortal } from './mortal.ts';
import { rulesOf } from './rules.ts';
import type { Scheduler } from './scheduler.ts';

export const BOT_AUTHOR = 'parley';
const hex = (digit: string) => digit.repeat(32);
const ACCOUNT = {
  accountSid: `AC${hex('1')}`,
  serviceSid: `IS${hex('2')}`,
  apiKeySid: `SK${hex('3')}`,
  apiKeySecret: 'simulated-key-secret',
  authToken: hex('4'),
};
const ORIGIN = 'https://conversations.twilio.com';
const WEBHOOK_URL = 'https://bot.example.com/webhook';
const ENVIRONMENT = {
  TWILIO_ACCOUNT_SID: ACCOUNT.accountSid,
  TWILIO_CHAT_SERVICE_SID: ACCOUNT.serviceSid,
  TWILIO_AUTH_TOKEN: ACCOUNT.authToken,
  TWILIO_API_KEY_SID: ACCOUNT.apiKeySid,
  TWILIO_API_KEY_SECRET: ACCOUNT.apiKeySecret,
  PUBLIC_URL: WEBHOOK_URL,
  QUEUE_URL: 'https://sqs.example.com/parley.fifo',
  TABLE_NAME: 'parley',
  AGENTS: 'agent-*',
  // The faults last for minutes; nothing may become stale for them.
  REPLY_MAX_AGE_SECONDS: '86400',
  // Budgets have a simulation of their own.
  REPLIES_PER_MINUTE: '1000',
};

const REPLY_TIMEOUT_MS = 30_000;
const RECEIVE_TIMEOUT_MS = 4_000;
const RECONCILE_TIMEOUT_MS = 120_000;
const RECONCILE_EVERY_MS = 300_000;
const POLL_MS = 200;

export interface SimulatedWorld {
  readonly service: ConversationsService;
  readonly queue: MemoryQueue;
  readonly store: MemoryStore;
  /** Everything logged, as written. */
  readonly logs: readonly string[];
  setFaults(load: FaultLoad): void;
  setVersion(version: 'A' | 'B'): void;
  rotateToken(): Promise<void>;
}

export interface WorldOptions {
  readonly scheduler: Scheduler;
  readonly load: FaultLoad;
  readonly trace: (line: string) => void;
  /** Settings of the bot, for seeds that vary them. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The real receive, reply and reconcile code between the local Conversations service and a queue and a table. */
export function createWorld({ scheduler, load, trace, environment = {} }: WorldOptions): SimulatedWorld {
  const { random } = scheduler;
  let faults = NO_FAULTS;
  let version: 'A' | 'B' = 'A';
  let tokens: readonly string[] = [ACCOUNT.authToken];
  const logs: string[] = [];
  const settings = {
    ...ENVIRONMENT,
    BOT_WEBHOOK_ENABLED: String(load.webhookEnabled),
    ...environment,
  };
  const log = createLog({ level: 'debug', now: scheduler.now, write: (line) => logs.push(line) });
  const queue = createMemoryQueue({ clock: scheduler });
  const store = createMemoryStore({ clock: scheduler });
  const service = createConversationsService({
    ...ACCOUNT,
    clock: scheduler,
    random,
    deliver: deliverWebhook,
    settings: { actionsPerSecond: null },
  });
  service.configureWebhooks({ PostWebhookUrl: WEBHOOK_URL, Filters: ['onMessageAdded'] });

  function mortal(onDeath?: () => void): Mortal {
    return createMortal({ scheduler, faults: () => faults, trace, ...(onDeath ? { onDeath } : {}) });
  }

  function mortalStore(process: Mortal): Store {
    return {
      get: (key) => process.call('get', () => store.get(key)),
      put: (key, item, expected) => process.call(`put ${key.sk}`, () => store.put(key, item, expected)),
      list: (pk, limit) => process.call('list', () => store.list(pk, limit)),
      remove: (key, expected) => process.call('remove', () => store.remove(key, expected)),
    };
  }

  function mortalQueue(process: Mortal) {
    return {
      send: (message: QueueMessage) =>
        process.call('send', async () => {
          await queue.send(message);
          pollSoon();
        }),
    };
  }

  function mortalHttp(process: Mortal): HttpClient {
    return (request) =>
      process.exchange(`${request.method} ${request.path.slice(-40)}`, async () => {
        if (random() < faults.refused) throw new ConnectionError('connection_refused', ORIGIN, false);
        const answer = service.handle({
          method: request.method,
          url: `${ORIGIN}${request.path}`,
          headers: request.headers,
          body: Buffer.from(request.body ?? ''),
        });
        const response = await Promise.race([
          answer,
          scheduler.sleep(request.timeoutMs).then(() => undefined),
        ]);
        return readAnswer(response, request.timeoutMs);
      });
  }

  async function readAnswer(response: ServiceResponse | undefined, timeoutMs: number) {
    if (response?.transport?.kind === 'hang') await scheduler.sleep(timeoutMs);
    if (response === undefined || response.transport?.kind === 'hang') {
      throw new ConnectionError('timed_out', ORIGIN, true);
    }
    if (response.transport?.kind === 'reset') throw new ConnectionError('connection_lost', ORIGIN, true);
    return {
      status: response.status,
      headers: response.headers,
      body: Buffer.from(response.body).toString('utf8'),
    };
  }

  /** Runs one invocation; resolves to undefined when its process died or its time ran out. */
  async function invoke<T>(
    timeoutMs: number,
    run: (process: Mortal, context: { getRemainingTimeInMillis(): number }) => Promise<T>,
  ): Promise<T | undefined> {
    const deadline = scheduler.now() + timeoutMs;
    return new Promise((resolve) => {
      const process = mortal(() => resolve(undefined));
      scheduler.after(timeoutMs, () => process.kill());
      run(process, { getRemainingTimeInMillis: () => deadline - scheduler.now() }).then(resolve, () =>
        resolve(undefined),
      );
    });
  }

  async function deliverWebhook(webhook: WebhookRequest) {
    const answer = await invoke(RECEIVE_TIMEOUT_MS, (process) => {
      const handler = receiveFunction.createHandler(readConfig('receive', settings), {
        authTokens: { get: async () => tokens, refresh: async () => tokens },
        queue: spooling(process),
        clock: process.clock,
        log,
        rules: rulesOf(version),
      });
      return handler(
        toLambdaEvent(
          {
            method: webhook.method,
            url: webhook.url,
            headers: webhook.headers,
            body: Buffer.from(webhook.body),
          },
          scheduler.now(),
        ),
      );
    });
    if (answer === undefined) throw new Error('no answer');
    return { status: answer.statusCode, headers: {}, body: answer.body };
  }

  function spooling(process: Mortal) {
    return spoolingQueue({
      queue: mortalQueue(process),
      store: mortalStore(process),
      clock: process.clock,
      log,
    });
  }

  async function workOn(batch: readonly ReceivedMessage[]): Promise<void> {
    const result = await invoke(REPLY_TIMEOUT_MS, (process, context) => {
      const handler = replyFunction.createHandler(readConfig('reply', settings), {
        apiKey: fixedSecret({ sid: ACCOUNT.apiKeySid, secret: ACCOUNT.apiKeySecret }),
        store: mortalStore(process),
        postpone: (receipt, seconds) => process.call('postpone', () => queue.postpone(receipt, seconds)),
        http: mortalHttp(process),
        clock: process.clock,
        random,
        log,
        rules: rulesOf(version),
      });
      return handler(toSqsEvent(batch), context);
    });
    const failed = new Set(result?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const message of batch) {
      if (result === undefined || failed.has(message.messageId)) continue;
      forget(message.receiptHandle);
      if (random() < faults.redelivery) redeliver(message);
    }
  }

  /** At least once means now and then twice, even long after. */
  function redeliver({ groupId, deduplicationId, body }: ReceivedMessage): void {
    scheduler.after(random() * 600_000, () => {
      void queue
        .send({ groupId, deduplicationId: `${deduplicationId}/again${random()}`, body })
        .then(pollSoon);
    });
  }

  function forget(receipt: string): void {
    try {
      queue.delete(receipt);
    } catch (error) {
      if (!(error instanceof ReceiptInvalid)) throw error;
    }
  }

  let nextPoll = Number.POSITIVE_INFINITY;

  function pollSoon(): void {
    const visible = queue.nextVisibleAt();
    if (visible === undefined) return;
    const at = Math.max(visible, scheduler.now()) + random() * POLL_MS;
    if (at >= nextPoll) return;
    nextPoll = at;
    scheduler.after(at - scheduler.now(), poll);
  }

  function poll(): void {
    nextPoll = Number.POSITIVE_INFINITY;
    const most = 1 + Math.floor(random() * 3);
    for (let batch = queue.receive(most); batch.length > 0; batch = queue.receive(most)) {
      void workOn(batch).then(pollSoon);
    }
    pollSoon();
  }

  function reconcileNow(): void {
    void invoke(RECONCILE_TIMEOUT_MS, (process, context) => {
      const handler = reconcileFunction.createHandler(readConfig('reconcile', settings), {
        apiKey: fixedSecret({ sid: ACCOUNT.apiKeySid, secret: ACCOUNT.apiKeySecret }),
        store: mortalStore(process),
        queue: mortalQueue(process),
        http: mortalHttp(process),
        clock: process.clock,
        random,
        log,
      });
      return handler({} as never, context);
    });
    scheduler.after(RECONCILE_EVERY_MS, reconcileNow);
  }

  function setFaults(next: FaultLoad): void {
    faults = next;
    service.faults.clear();
    arm(service, next);
  }

  service.subscribe((happening) => {
    if (happening.kind === 'request') {
      const { method, path, status, fault = '', transport } = happening;
      trace(`${method} ${path.replace(/^.*Conversations/, '')}: ${status} ${transport} ${fault}`);
    }
    if (happening.kind === 'webhook.answered')
      trace(`webhook ${happening.outcome} ${happening.status ?? ''}`);
  });
  reconcileNow();
  return {
    service,
    queue,
    store,
    logs,
    setFaults,
    setVersion: (next) => {
      trace(`version ${next}`);
      version = next;
    },
    rotateToken: async () => {
      // As docs/deploying.md says: the secondary token into the secret first, then promote.
      const next = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
      tokens = [...tokens, next];
      const headers = { 'content-type': 'application/json' };
      const control = (path: string, body: object) =>
        service.handle({
          method: 'POST',
          url: `${ORIGIN}/control/tokens/${path}`,
          headers,
          body: Buffer.from(JSON.stringify(body)),
        });
      await control('secondary', { authToken: next });
      await control('promote', {});
      trace('token rotated');
    },
  };
}

function arm({ faults }: ConversationsService, load: FaultLoad): void {
  const each = { times: null } as const;
  const onCreate = { ...each, operation: 'messages.create' } as const;
  const add = (share: number, spec: object) => {
    if (share > 0) faults.arm({ ...each, share, ...spec } as Parameters<typeof faults.arm>[0]);
  };
  add(load.webhookDrop, { kind: 'webhook-drop' });
  add(load.webhookDuplicate, { kind: 'webhook-duplicate', copies: 2 });
  add(load.webhookDelay, { kind: 'webhook-delay', ms: 40_000 });
  add(load.webhookReorder, { kind: 'webhook-reorder', holdMs: 5_000 });
  add(load.rateLimit, { kind: 'rate-limit' });
  add(load.rateLimit / 2, { kind: 'rate-limit', retryAfterSeconds: 3 });
  add(load.errorBefore, { kind: 'error', code: 20500, when: 'before' });
  add(load.errorAfter, { kind: 'error', code: 20500, when: 'after' });
  add(load.resetBefore, { kind: 'reset', when: 'before' });
  add(load.resetAfter, { kind: 'reset', when: 'after' });
  add(load.timeoutNever, { kind: 'timeout', commit: 'never', commitAfterMs: 0 });
  // The protocol's promise: commits up to 30 s after the POST, lists that lag by 2 s.
  for (const commitAfterMs of [1_000, 9_000, 20_000, 30_000]) {
    add(load.timeoutLate / 4, { ...onCreate, kind: 'timeout', commit: 'late', commitAfterMs });
  }
  add(load.garbage, { kind: 'garbage', body: 'truncated' });
  add(load.staleList, { kind: 'stale-list', lagMs: 2_000, operation: 'messages.list' });
}

function toSqsEvent(batch: readonly ReceivedMessage[]) {
  return {
    Records: batch.map(({ messageId, receiptHandle, receiveCount, groupId, body }) => ({
      messageId,
      receiptHandle,
      body,
      attributes: { ApproximateReceiveCount: String(receiveCount), MessageGroupId: groupId },
    })),
  } as never;
}
