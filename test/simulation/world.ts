import {
  type ConversationsService,
  createConversationsService,
  type FaultInput,
  type ServiceResponse,
  type SettingsInput,
  type WebhookRequest,
  type WebhookSeed,
} from '../../emulator/index.ts';
import * as receiveFunction from '../../functions/receive.ts';
import * as reconcileFunction from '../../functions/reconcile.ts';
import * as replyFunction from '../../functions/reply.ts';
import { AwsError } from '../../lib/aws/aws-error.ts';
import { createSecret, fixedSecret } from '../../lib/aws/secret.ts';
import { readConfig } from '../../lib/config.ts';
import { createLog } from '../../lib/log.ts';
import type { HttpClient, HttpRequest, QueueMessage, Store } from '../../lib/ports.ts';
import { spoolingQueue } from '../../lib/queue/spool.ts';
import { SPOOLS } from '../../lib/record/keys.ts';
import type { RuleBook } from '../../lib/rules/types.ts';
import { ConnectionError } from '../../lib/twilio/connection-error.ts';
import { toLambdaEvent } from '../../local/lambda/lambda-event.ts';
import {
  createMemoryQueue,
  type MemoryQueue,
  type ReceivedMessage,
} from '../../local/lambda/memory-queue.ts';
import { createMemoryStore, type MemoryStore } from '../../local/lambda/memory-store.ts';
import { ReceiptInvalidError } from '../../local/lambda/receipt-invalid-error.ts';
import { ACCOUNT, ENVIRONMENT, ORIGIN, WEBHOOK_URL } from './account.ts';
import { armFaults } from './arm-faults.ts';
import { type Chaos, chanceOf, type ProxyAnswer } from './chaos.ts';
import { type FaultLoad, NO_FAULTS } from './fault-load.ts';
import { type Container, createLambda } from './lambda.ts';
import type { Mortal } from './mortal.ts';
import { createProgram, type Form, type Program } from './program.ts';
import { rulesOf } from './rules.ts';
import type { Scheduler } from './scheduler.ts';
import { createWatch, type Watch } from './watch.ts';

const REPLY_TIMEOUT_MS = 30_000;
const RECEIVE_TIMEOUT_MS = 4_000;
const RECONCILE_TIMEOUT_MS = 120_000;
const RECONCILE_EVERY_MS = 60_000;
const POLL_MS = 200;
/** How often a container is kept for the next invocation. */
const WARM = 0.8;

/** A message as customers see it. */
export interface Shown {
  readonly sid: string;
  readonly index: number;
  readonly author: string;
  readonly body: string;
  readonly attributes: string;
  readonly conversation_sid: string;
  /** When it appeared, in milliseconds since the epoch. */
  readonly at: number;
}

export interface SimulatedWorld {
  readonly service: ConversationsService;
  readonly queue: MemoryQueue;
  readonly store: MemoryStore;
  readonly watch: Watch;
  /** Every message there ever was, in the order they appeared. */
  readonly shown: readonly Shown[];
  /** Everything logged, as written. */
  readonly logs: readonly string[];
  /** The signatures that Twilio sent; none may be logged. */
  readonly signatures: readonly string[];
  setFaults(load: FaultLoad): void;
  setVersion(version: Version): void;
  /** As docs/deploying.md says: the secondary token into the secret first, and when everybody knows it, promote. */
  addToken(): Promise<void>;
  promoteToken(): Promise<void>;
  /** A program posts over REST; faults do not concern it. */
  post(conversationSid: string, form: Form, webhooks: boolean): Promise<unknown>;
  /** What else programs do. */
  readonly program: Program;
}

export interface WorldOptions {
  readonly scheduler: Scheduler;
  readonly load: FaultLoad;
  readonly trace: (line: string) => void;
  /** Settings of the bot that are not the defaults. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Instead of the two ordinary versions. */
  readonly rules?: (version: Version, process: Mortal) => RuleBook;
  /** Instead of chance. */
  readonly chaos?: Chaos;
  /** Besides chance: what it leaves to `chance` goes wrong by chance. */
  readonly tamper?: (chance: Chaos) => Chaos;
  /** The events that Twilio tells of. @default onMessageAdded */
  readonly filters?: WebhookSeed['Filters'];
  /** How the service behaves where nobody knows how Twilio does. */
  readonly service?: SettingsInput;
  /** Called when the queue hands out a message. */
  readonly onDelivery?: (message: ReceivedMessage) => void;
}

/** Which of two deployments runs. */
export type Version = 'A' | 'B';

/** The real receive, reply and reconcile code between the local Conversations service and a queue and a table. */
export function createWorld(options: WorldOptions): SimulatedWorld {
  const { scheduler, load, trace, environment = {} } = options;
  const { random } = scheduler;
  let faults = NO_FAULTS;
  let version: Version = 'A';
  let tokens: readonly string[] = [ACCOUNT.authToken];
  const logs: string[] = [];
  const shown: Shown[] = [];
  const signatures: string[] = [];
  const settings = { ...ENVIRONMENT, BOT_WEBHOOK_ENABLED: String(load.webhookEnabled), ...environment };
  const configs = {
    receive: readConfig('receive', settings),
    reply: readConfig('reply', settings),
    reconcile: readConfig('reconcile', settings),
  };
  const log = createLog({ level: 'debug', now: scheduler.now, write: (line) => logs.push(line) });
  const queue = createMemoryQueue({ clock: scheduler });
  const store = createMemoryStore({ clock: scheduler });
  const watch = createWatch(scheduler, store);
  const chance = options.chaos ?? chanceOf(random, () => faults);
  const chaos = options.tamper?.(chance) ?? chance;
  const lambda = createLambda({ scheduler, chaos, load: () => faults, trace });
  const apiKey = fixedSecret({ sid: ACCOUNT.apiKeySid, secret: ACCOUNT.apiKeySecret });
  const authTokens = createSecret({
    id: 'auth-token',
    clock: scheduler,
    log,
    read: async () => {
      if (random() < faults.portBefore) throw new AwsError('GetSecretValue', new Error());
      return tokens;
    },
  });
  const service = createConversationsService({
    ...ACCOUNT,
    clock: scheduler,
    random,
    deliver: deliverWebhook,
    settings: { actionsPerSecond: null, ...options.service },
  });
  service.configureWebhooks({ PostWebhookUrl: WEBHOOK_URL, Filters: options.filters ?? ['onMessageAdded'] });

  function mortalStore(process: Mortal): Store {
    return {
      get: (key) => {
        if (key.sk.includes('|')) process.subject = key.sk;
        return process.call(`get ${key.sk}`, () => store.get(key));
      },
      put: (key, item, expected) =>
        process.call(`put ${key.sk}`, () => {
          if (SPOOLS.includes(key.pk)) watch.stored((item.value as QueueMessage).deduplicationId);
          return store.put(key, item, expected);
        }),
      list: (pk, limit) =>
        standsForOthers(pk) ? process.call('list', () => store.list(pk, limit)) : store.list(pk, limit),
      remove: (key, expected) => process.call('remove', () => store.remove(key, expected)),
    };
  }

  function mortalQueue(process: Mortal) {
    return {
      send: (message: QueueMessage) =>
        process.call('send', async () => {
          watch.queued(message);
          await queue.send(message);
          watch.stored(message.deduplicationId);
          pollSoon();
        }),
    };
  }

  function mortalHttp(process: Mortal): HttpClient {
    return (request) =>
      process.exchange(`${request.method} ${request.path.slice(-40)}`, async () => {
        await watch.asking(process, request);
        const fault = chaos.atRequest(process, request);
        if (fault === 'refused') throw new ConnectionError('connection_refused', ORIGIN, false);
        const answer = fault === undefined ? ask(request) : meet(fault, () => ask(request));
        const late = scheduler.sleep(request.timeoutMs).then(() => undefined);
        const response = await readAnswer(await Promise.race([answer, late]), request.timeoutMs);
        watch.asked(process, request, response);
        return response;
      });
  }

  function ask(request: HttpRequest): Promise<ServiceResponse> {
    return service.handle({
      method: request.method,
      url: `${ORIGIN}${request.path}`,
      headers: request.headers,
      body: Buffer.from(request.body ?? ''),
    });
  }

  /** This fault and no other strikes this request. */
  async function meet(fault: FaultInput | ProxyAnswer, send: () => Promise<ServiceResponse>) {
    if (fault.kind !== 'proxy') {
      return unharmed(() => {
        service.faults.arm(fault);
        return send();
      });
    }
    trace(`a proxy answers ${fault.status} ${fault.when} Twilio`);
    if (fault.when === 'after') await unharmed(send);
    const headers = { 'content-type': 'text/html' };
    return { status: fault.status, headers, body: Buffer.from('<html>No</html>') };
  }

  async function readAnswer(response: ServiceResponse | undefined, timeoutMs: number) {
    if (response?.transport?.kind === 'hang') await scheduler.sleep(timeoutMs);
    if (response === undefined || response.transport?.kind === 'hang') {
      throw new ConnectionError('timed_out', ORIGIN, true);
    }
    if (response.transport?.kind === 'reset') throw new ConnectionError('connection_lost', ORIGIN, true);
    const { status, headers, body } = response;
    return { status, headers, body: Buffer.from(body).toString('utf8') };
  }

  async function deliverWebhook(webhook: WebhookRequest) {
    const { method, url, headers, body } = webhook;
    signatures.push(headers['x-twilio-signature'] ?? '');
    const process = lambda.newProcess('receive');
    const handler = receiveFunction.createHandler(configs.receive, {
      authTokens,
      queue: spoolingQueue({
        queue: mortalQueue(process),
        store: mortalStore(process),
        clock: process.clock,
        log,
      }),
      clock: process.clock,
      log,
      rules: options.rules?.(version, process) ?? rulesOf(version),
    });
    const event = toLambdaEvent({ method, url, headers, body }, scheduler.now());
    const answer = await lambda.invoke(process, RECEIVE_TIMEOUT_MS, () => handler(event));
    // Lambda freezes a container as soon as it has answered: what was not awaited may never happen.
    process.kill();
    if (answer === undefined) throw new Error('no answer');
    watch.acknowledged(answer.statusCode, body);
    return { status: answer.statusCode, headers: {}, body: answer.body };
  }

  type ReplyContainer = Container<ReturnType<typeof replyFunction.createHandler>> & { version: Version };
  const idle: ReplyContainer[] = [];

  function takeContainer(): ReplyContainer {
    const at = idle.findIndex((container) => container.version === version);
    const [warm] = at === -1 ? [] : idle.splice(at, 1);
    if (warm !== undefined) return warm;
    const process = lambda.newProcess('reply');
    const handler = replyFunction.createHandler(configs.reply, {
      apiKey,
      store: mortalStore(process),
      postpone: (receipt, seconds) => process.call('postpone', () => queue.postpone(receipt, seconds)),
      http: mortalHttp(process),
      clock: process.clock,
      random,
      log,
      rules: options.rules?.(version, process) ?? rulesOf(version),
    });
    return { process, handler, version };
  }

  async function workOn(batch: readonly ReceivedMessage[]): Promise<void> {
    const container = takeContainer();
    const { process, handler } = container;
    for (const message of batch) options.onDelivery?.(message);
    const result = await lambda.invoke(process, REPLY_TIMEOUT_MS, (context) =>
      handler(toSqsEvent(batch), context),
    );
    if (result !== undefined && process.alive && random() < WARM) idle.push(container);
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
      if (!(error instanceof ReceiptInvalidError)) throw error;
    }
  }

  let nextPoll = Number.POSITIVE_INFINITY;

  function pollSoon(): void {
    const visible = queue.nextVisibleAt();
    if (visible === undefined) return;
    const at = Math.max(visible, scheduler.now()) + random() * POLL_MS;
    if (at >= nextPoll) return;
    nextPoll = at;
    scheduler.after(at - scheduler.now(), () => {
      if (nextPoll === at) poll();
    });
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
    const process = lambda.newProcess('reconcile');
    const handler = reconcileFunction.createHandler(configs.reconcile, {
      apiKey,
      store: mortalStore(process),
      queue: mortalQueue(process),
      http: mortalHttp(process),
      clock: process.clock,
      random,
      log,
    });
    void lambda.invoke(process, RECONCILE_TIMEOUT_MS, (context) => handler({} as never, context));
    scheduler.after(RECONCILE_EVERY_MS, reconcileNow);
  }

  function setFaults(next: FaultLoad): void {
    faults = next;
    setArmed();
  }

  /** Runs what sends a request before it returns; the faults that are armed do not meet it. */
  function unharmed<T>(send: () => T): T {
    const armed = faults !== NO_FAULTS;
    if (armed) service.faults.clear();
    const sent = send();
    if (armed) setArmed();
    return sent;
  }

  function setArmed(): void {
    service.faults.clear();
    armFaults(service, faults);
  }

  function control(path: string, body: object): Promise<unknown> {
    return service.handle({
      method: 'POST',
      url: `${ORIGIN}/control/${path}`,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(body)),
    });
  }

  service.subscribe((happening) => {
    if (happening.kind === 'request') {
      const { method, path, status, fault = '', transport } = happening;
      trace(`${method} ${path.replace(/^.*Conversations/, '')}: ${status} ${transport} ${fault}`);
    }
    if (happening.kind === 'webhook.answered')
      trace(`webhook ${happening.outcome} ${happening.status ?? ''}`);
    if (happening.kind === 'defect') watch.blame(`the service broke: ${happening.error}`);
    if (happening.kind === 'message' && happening.change === 'added') {
      shown.push({ ...(happening.resource as unknown as Shown), at: scheduler.now() });
    }
  });
  const program = createProgram(service, unharmed);
  reconcileNow();
  return {
    service,
    queue,
    store,
    watch,
    shown,
    logs,
    signatures,
    setFaults,
    setVersion: (next) => {
      trace(`version ${next}`);
      version = next;
    },
    addToken: async () => {
      const next = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
      tokens = [...tokens, next];
      await control('tokens/secondary', { authToken: next });
      trace('token added');
    },
    promoteToken: async () => {
      await control('tokens/promote', {});
      trace('token promoted');
    },
    post: (conversationSid, form, webhooks) =>
      program.request('POST', `/Conversations/${conversationSid}/Messages`, form, webhooks),
    program,
  };
}

/** Of the sixteen shards of active conversations, which are read at once, one fails for all of them. */
function standsForOthers(pk: string): boolean {
  return !pk.startsWith('active|') || pk.endsWith('|0');
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
