import {
  type ConversationsService,
  createConversationsService,
  type Deliver,
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
import { eventKey } from '../../lib/event/event-key.ts';
import type { Handlers } from '../../lib/handlers/define-handlers.ts';
import type { Outside } from '../../lib/handlers/outside.ts';
import { createLog } from '../../lib/log.ts';
import type { Clock, HttpClient, HttpRequest, QueueMessage, Store } from '../../lib/ports.ts';
import { openEnvelope } from '../../lib/queue/envelope.ts';
import { spoolingQueue } from '../../lib/queue/spool.ts';
import type { ConversationRecord } from '../../lib/record/conversation.ts';
import { SPOOLS } from '../../lib/record/keys.ts';
import type { RuleBook } from '../../lib/rules/types.ts';
import { ConnectionError } from '../../lib/twilio/connection-error.ts';
import { toLambdaEvent } from '../../local/lambda/lambda-event.ts';
import {
  createMemoryQueue,
  type MemoryQueue,
  type ReceivedMessage,
} from '../../local/lambda/memory-queue.ts';
import { ReceiptInvalidError } from '../../local/lambda/receipt-invalid-error.ts';
import { ACCOUNT, ENVIRONMENT, ORIGIN, WEBHOOK_URL } from './account.ts';
import { armFaults } from './arm-faults.ts';
import { type Chaos, chanceOf, type ProxyAnswer } from './chaos.ts';
import { type FaultLoad, NO_FAULTS } from './fault-load.ts';
import { type Container, createLambda, type Invocation } from './lambda.ts';
import type { Mortal } from './mortal.ts';
import { createProgram, type Form, type Program } from './program.ts';
import { rulesOf } from './rules.ts';
import type { Scheduler } from './scheduler.ts';
import { memoryTable, type SimulatedTable } from './table.ts';
import { createWatch, type Watch } from './watch.ts';

const REPLY_TIMEOUT_MS = 30_000;
const RECEIVE_TIMEOUT_MS = 4_000;
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
  /** What it says itself of when that was. */
  readonly date_created: string;
  /** When it appeared, in milliseconds since the epoch. */
  readonly at: number;
}

/** Somebody who takes part by a chat identity. */
export interface Added {
  readonly conversationSid: string;
  readonly identity: string;
}

export interface SimulatedWorld {
  readonly service: ConversationsService;
  readonly queue: MemoryQueue;
  readonly store: SimulatedTable;
  readonly watch: Watch;
  /** Every message there ever was, in the order they appeared. */
  readonly shown: readonly Shown[];
  /** Every chat identity that was ever added to a conversation, as often as it was. */
  readonly added: readonly Added[];
  /** Everything logged, as written. */
  readonly logs: readonly string[];
  /** The signatures that Twilio sent; none may be logged. */
  readonly signatures: readonly string[];
  setFaults(load: FaultLoad): void;
  setVersion(version: Version): void;
  /** The present faults. */
  faults(): FaultLoad;
  /** Deploys the same version with other settings; what is at work goes on with those that it has. */
  setSettings(changes: Settings): void;
  /** The present settings. */
  settings(): Settings;
  /** Everybody whom the bot has been, the present one last. */
  readonly authors: readonly string[];
  /** What signs webhooks, and what is about to. */
  tokens(): readonly string[];
  /** Where else Twilio's webhooks go, by their URL. */
  readonly doors: Map<string, Deliver>;
  /** As docs/deploying.md says: the secondary token into the secret first, and when everybody knows it, promote. */
  addToken(): Promise<void>;
  promoteToken(): Promise<void>;
  /** Somebody who may do so puts a message on the queue. */
  enqueue(message: QueueMessage): Promise<void>;
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
  readonly environment?: Settings;
  /** Instead of the two ordinary versions. */
  readonly rules?: (version: Version, process: Mortal) => RuleBook;
  /** What the rules call. */
  readonly handlers?: (process: Mortal) => Handlers;
  /** What those ask. */
  readonly outside?: (process: Mortal) => Outside;
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
  /** Called when a message went back as it was, since one before it in its conversation did. */
  readonly onUntouched?: (message: ReceivedMessage) => void;
  /** Called when an invocation of a function has ended. */
  readonly onInvoked?: (invocation: Invocation) => void;
  /** Called when a message is deleted from the queue. */
  readonly onDeleted?: () => void;
  /** Called when the auth tokens are read; what it throws is why they cannot be. */
  readonly onSecretRead?: () => void;
  /** Whether the queue loses the event with this key, which went back to it. */
  readonly loses?: (key: string, message: ReceivedMessage) => boolean;
  /** Where records are kept. @default one table in memory, always up to date */
  readonly openTable?: (clock: Clock) => SimulatedTable;
  /** Looked at before each run. @default SCHEDULE */
  readonly schedule?: Schedule;
  /** Makes this a second stack on the service of that world, all else its own; its PUBLIC_URL is its door. */
  readonly beside?: SimulatedWorld;
}

export type Settings = Readonly<Record<string, string>>;

/** When the reconciler runs, in milliseconds. */
export interface Schedule {
  /** Until its first run. */
  readonly firstMs: number;
  readonly everyMs: number;
  readonly timeoutMs: number;
  /** How many runs begin at once. */
  readonly atOnce: number;
}

/** As in serverless.yml. */
export const SCHEDULE: Schedule = { firstMs: 0, everyMs: 60_000, timeoutMs: 120_000, atOnce: 1 };

/** Which of two deployments runs. */
export type Version = 'A' | 'B';

/** The real receive, reply and reconcile code between the local Conversations service and a queue and a table. */
export function createWorld(options: WorldOptions): SimulatedWorld {
  const { scheduler, load, trace, environment = {}, beside, schedule = SCHEDULE } = options;
  const { random } = scheduler;
  let ownFaults = NO_FAULTS;
  const faults = () => beside?.faults() ?? ownFaults;
  let version: Version = 'A';
  let tokens: readonly string[] = [ACCOUNT.authToken];
  const logs: string[] = [];
  const shown: Shown[] = [];
  const added: Added[] = [];
  const signatures: string[] = [];
  const inherited = beside?.settings() ?? ENVIRONMENT;
  let settings = { ...inherited, BOT_WEBHOOK_ENABLED: String(load.webhookEnabled), ...environment };
  let configs = readConfigs(settings);
  /** Grows with each deployment; containers of an older one get no more work. */
  let deployment = 0;
  const authors: string[] = [configs.reply.BOT_AUTHOR];
  const doors = new Map<string, Deliver>();
  const log = createLog({ level: 'debug', now: scheduler.now, write: (line) => logs.push(line) });
  const queue = createMemoryQueue({ clock: scheduler });
  const store = (options.openTable ?? memoryTable)(scheduler);
  const watch = createWatch(scheduler, store);
  const chance = options.chaos ?? chanceOf(random, faults);
  const chaos = noticed(options.tamper?.(chance) ?? chance, watch);
  const { onInvoked } = options;
  const lambda = createLambda({
    scheduler,
    chaos,
    load: faults,
    trace,
    onTimeout: watch.timedOut,
    onInvoked,
  });
  const apiKey = fixedSecret({ sid: ACCOUNT.apiKeySid, secret: ACCOUNT.apiKeySecret });
  const authTokens = createSecret({
    id: 'auth-token',
    clock: scheduler,
    log,
    read: async () => {
      if (random() < faults().portBefore) throw new AwsError('GetSecretValue', new Error());
      options.onSecretRead?.();
      return beside?.tokens() ?? tokens;
    },
  });
  const service = beside?.service ?? openService();
  beside?.doors.set(configs.receive.PUBLIC_URL[0] ?? '', deliverWebhook);

  function openService(): ConversationsService {
    const opened = createConversationsService({
      ...ACCOUNT,
      clock: scheduler,
      random,
      deliver: (webhook) => (doors.get(webhook.url) ?? deliverWebhook)(webhook),
      settings: { actionsPerSecond: null, ...options.service },
    });
    const filters = options.filters ?? ['onMessageAdded'];
    opened.configureWebhooks({ PostWebhookUrl: WEBHOOK_URL, Filters: filters });
    return opened;
  }

  function mortalStore(process: Mortal): Store {
    const table = store.open(version);
    return {
      get: (key) => {
        // Its conversation is read before an event, and its record when it is its turn.
        if (key.sk === 'conversation') process.subject = undefined;
        if (/^on\w+\|/.test(key.sk)) process.subject = key.sk;
        return process.call(`get ${key.sk}`, () => table.get(key));
      },
      getAll: (keys) => {
        process.subject = keys.find(({ sk }) => /^on\w+\|/.test(sk))?.sk;
        return process.call(`get ${keys.map(({ sk }) => sk).join(', ')}`, () => table.getAll(keys));
      },
      put: (key, item, expected) => {
        let known: (() => void) | undefined;
        const putting = process.call(`put ${key.sk}`, async () => {
          if (SPOOLS.includes(key.pk)) watch.stored((item.value as QueueMessage).deduplicationId);
          if (key.sk === 'conversation') known = watch.noting();
          const isSaved = await table.put(key, item, expected);
          if (isSaved && key.sk === 'conversation') watch.noted(item.value as ConversationRecord);
          return isSaved;
        });
        return putting.finally(() => known?.());
      },
      list: (...given) =>
        standsForOthers(given[0]) ? process.call('list', () => table.list(...given)) : table.list(...given),
      remove: (key, expected) => process.call('remove', () => table.remove(key, expected)),
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

  type ReplyContainer = Container<ReturnType<typeof replyFunction.createHandler>> & Deployed;
  const idle: ReplyContainer[] = [];

  function takeContainer(): ReplyContainer {
    const at = idle.findIndex(
      (container) => container.version === version && container.deployment === deployment,
    );
    const [warm] = at === -1 ? [] : idle.splice(at, 1);
    if (warm !== undefined) return warm;
    const process = lambda.newProcess('reply');
    const handler = replyFunction.createHandler(configs.reply, {
      apiKey,
      store: mortalStore(process),
      postpone: (receipt, seconds) => process.call('postpone', () => queue.postpone(receipt, seconds)),
      queue: { send: (message) => process.call('go behind', () => queue.send(message).then(pollSoon)) },
      http: mortalHttp(process),
      clock: process.clock,
      random,
      log,
      rules: options.rules?.(version, process) ?? rulesOf(version),
      ...(options.handlers && { handlers: options.handlers(process) }),
      ...(options.outside && { outside: options.outside(process) }),
    });
    return { process, handler, version, deployment };
  }

  async function workOn(batch: readonly ReceivedMessage[]): Promise<void> {
    const container = takeContainer();
    const { process, handler } = container;
    for (const message of batch) options.onDelivery?.(message);
    watch.took(process, batch.map(keyOf));
    const result = await lambda.invoke(process, REPLY_TIMEOUT_MS, (context) =>
      handler(toSqsEvent(batch), context),
    );
    if (result !== undefined && process.alive && random() < WARM) idle.push(container);
    const failed = new Set(result?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    const back = batch.filter(({ messageId }) => failed.has(messageId));
    for (const [n, message] of back.entries()) {
      if (back.findIndex(({ groupId }) => groupId === message.groupId) < n) options.onUntouched?.(message);
    }
    for (const message of batch) {
      if (result === undefined || failed.has(message.messageId)) {
        if (options.loses?.(keyOf(message), message)) {
          trace(`forgotten by the queue: ${message.deduplicationId}, ${keyOf(message)}`);
          forget(message.receiptHandle);
          watch.forgot();
        }
        continue;
      }
      forget(message.receiptHandle);
      if (random() < faults().redelivery) redeliver(message);
    }
  }

  /** At least once means now and then twice, even long after. */
  function redeliver({ groupId, deduplicationId, body }: ReceivedMessage): void {
    scheduler.after(random() * 600_000, () => {
      void queue
        .send({ groupId, deduplicationId: `${deduplicationId.replace(/\/.*/, '')}/again${random()}`, body })
        .then(pollSoon);
    });
  }

  function forget(receipt: string): void {
    try {
      queue.delete(receipt);
      options.onDeleted?.();
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

  function reconcileInTurn(): void {
    for (let run = 0; run < schedule.atOnce; run += 1) reconcileNow();
    scheduler.after(schedule.everyMs, reconcileInTurn);
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
    void lambda.invoke(process, schedule.timeoutMs, (context) => handler({} as never, context));
  }

  function setFaults(next: FaultLoad): void {
    ownFaults = next;
    setArmed();
  }

  /** Runs what sends a request before it returns; the faults that are armed do not meet it. */
  function unharmed<T>(send: () => T): T {
    const armed = faults() !== NO_FAULTS;
    if (armed) service.faults.clear();
    const sent = send();
    if (armed) setArmed();
    return sent;
  }

  function setArmed(): void {
    service.faults.clear();
    armFaults(service, faults());
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
    if (happening.kind === 'message' && happening.change === 'added') {
      shown.push({ ...(happening.resource as unknown as Shown), at: scheduler.now() });
    }
    if (happening.kind === 'participant' && happening.change === 'added') {
      const { conversation_sid, identity } = happening.resource;
      if (identity) added.push({ conversationSid: String(conversation_sid), identity: String(identity) });
    }
    if (beside !== undefined) return;
    if (happening.kind === 'request') {
      const { method, path, status, fault = '', transport } = happening;
      trace(`${method} ${path.replace(/^.*Conversations/, '')}: ${status} ${transport} ${fault}`);
    }
    if (happening.kind === 'webhook.answered')
      trace(`webhook ${happening.outcome} ${happening.status ?? ''}`);
    if (happening.kind === 'defect') watch.blame(`the service broke: ${happening.error}`);
  });
  const program = createProgram(service, unharmed);
  if (schedule.firstMs === 0) reconcileInTurn();
  else scheduler.after(schedule.firstMs, reconcileInTurn);
  return {
    service,
    queue,
    store,
    watch,
    shown,
    added,
    logs,
    signatures,
    setFaults,
    setVersion: (next) => {
      trace(`version ${next}`);
      version = next;
    },
    faults,
    setSettings: (changes) => {
      trace(`settings ${JSON.stringify(changes)}`);
      settings = { ...settings, ...changes };
      configs = readConfigs(settings);
      deployment += 1;
      const { BOT_AUTHOR } = configs.reply;
      if (BOT_AUTHOR !== authors.at(-1)) authors.push(BOT_AUTHOR);
    },
    settings: () => settings,
    authors,
    tokens: () => tokens,
    doors,
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
    enqueue: (message) => queue.send(message).then(pollSoon),
    post: (conversationSid, form, webhooks) =>
      program.request('POST', `/Conversations/${conversationSid}/Messages`, form, webhooks),
    program,
  };
}

/** Of the sixteen shards of active conversations, which are read at once, one fails for all of them. */
function standsForOthers(pk: string): boolean {
  return !pk.startsWith('active|') || pk.endsWith('|0');
}

/** The same chaos, of which `watch` is told where something had taken effect already. */
function noticed(chaos: Chaos, watch: Pick<Watch, 'struck'>): Chaos {
  return {
    ...chaos,
    atCall: (call) => {
      const fault = chaos.atCall(call);
      if (fault !== undefined) watch.struck(call.process, call.name, fault);
      return fault;
    },
  };
}

/** What a container was made of. */
interface Deployed {
  readonly version: Version;
  readonly deployment: number;
}

function readConfigs(settings: Settings) {
  return {
    receive: readConfig('receive', settings),
    reply: readConfig('reply', settings),
    reconcile: readConfig('reconcile', settings),
  };
}

/** Of the event that it carries: what goes behind the others is queued under another id. */
function keyOf({ body }: ReceivedMessage): string {
  return eventKey(openEnvelope(body).event);
}

function toSqsEvent(batch: readonly ReceivedMessage[]) {
  return {
    Records: batch.map(
      ({ messageId, receiptHandle, receiveCount, groupId, deduplicationId, body, sentAt }) => ({
        messageId,
        receiptHandle,
        body,
        attributes: {
          ApproximateReceiveCount: String(receiveCount),
          MessageGroupId: groupId,
          MessageDeduplicationId: deduplicationId,
          SentTimestamp: String(Math.floor(sentAt)),
        },
      }),
    ),
  } as never;
}
