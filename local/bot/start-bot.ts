import type { ServiceRequest, ServiceResponse } from '../../emulator/index.ts';
import type * as Receive from '../../functions/receive.ts';
import type * as Reconcile from '../../functions/reconcile.ts';
import type * as Reply from '../../functions/reply.ts';
import { fixedSecret } from '../../lib/aws/secret.ts';
import { type FunctionName, readConfig } from '../../lib/config.ts';
import type { Handlers } from '../../lib/handlers/define-handlers.ts';
import type { LeftErrors } from '../../lib/handlers/left-errors.ts';
import type { Outside } from '../../lib/handlers/outside.ts';
import { createLog } from '../../lib/log.ts';
import type { AuthTokens, Clock, Random } from '../../lib/ports.ts';
import { openEnvelope } from '../../lib/queue/envelope.ts';
import type { QueueRecord } from '../../lib/queue/process-batch.ts';
import type { RuleBook } from '../../lib/rules/types.ts';
import { createHttpClient } from '../../lib/twilio/http-client.ts';
import { createEventSource } from '../lambda/event-source.ts';
import { toLambdaEvent } from '../lambda/lambda-event.ts';
import { loadBundle } from '../lambda/load-bundle.ts';
import { createMemoryQueue, type MemoryQueue } from '../lambda/memory-queue.ts';
import { createMemoryStore, type MemoryStore, type StoredItem } from '../lambda/memory-store.ts';
import { ownedTable } from '../lambda/owned-table.ts';
import type { HandedBackStep, LookStep, NotedStep, QueueStep } from './bot-step.ts';
import { watchQueue } from './watch-queue.ts';
import { watchStore } from './watch-store.ts';

export interface BotOptions
  extends Pick<Receive.ReceiveOutside, 'onReceived'>,
    Pick<Reply.ReplyOutside, 'onDecision' | 'onSettled' | 'onFinished'> {
  /** As in Lambda, with plain credentials, and TWILIO_API_URL where the local service listens. */
  readonly environment: Readonly<Record<string, string>>;
  /** The local stand-in for Secrets Manager, where a rotated token turns up in time. */
  readonly authTokens: AuthTokens;
  readonly clock: Clock;
  readonly random: Random;
  /** What its table has from the beginning. */
  readonly items: readonly StoredItem[];
  /** Takes one JSON line of the bot's log, and which function wrote it. */
  readonly writeLog: (line: string, name: FunctionName) => void;
  readonly onQueue: (step: QueueStep) => void;
  readonly onHandedBack: (step: HandedBackStep) => void;
  readonly onNoted: (step: NotedStep) => void;
  readonly onLook: (step: LookStep) => void;
  /** What handlers ask. */
  readonly outside: Outside;
  /** Of this process, which errors that handlers leave must not end. */
  readonly leftErrors: LeftErrors;
}

export interface Bot {
  /** What API Gateway and the receive function do with a webhook. */
  receive(request: ServiceRequest): Promise<ServiceResponse>;
  /** Resolves when nothing is being worked on; messages that wait in the queue do not count. */
  idle(): Promise<void>;
  /** From the next event on; what is planned stays as it was planned. */
  useRules(rules: RuleBook, handlers: Handlers): void;
  /** What its table has now. */
  items(): readonly StoredItem[];
  /** For an operator's commands: its table, its queue, and the reconciler by hand. */
  readonly store: MemoryStore;
  readonly queue: MemoryQueue;
  reconcile(asked: object): Promise<unknown>;
  stop(): Promise<void>;
}

/** As in serverless.yml. */
const REPLY_TIMEOUT_MS = 30_000;
const RECONCILE_TIMEOUT_MS = 120_000;
const RECONCILE_EVERY_MS = 60_000;

/** The packaged functions on a queue and a store in memory. */
export function startBot(options: BotOptions): Bot {
  const { environment, authTokens, clock, random, items, writeLog, ...told } = options;
  const { onQueue, onHandedBack, onNoted, onLook, onReceived, ...watch } = told;
  const receiveConfig = readConfig('receive', environment);
  const replyConfig = readConfig('reply', environment);
  const logOf = (name: FunctionName) =>
    createLog({
      level: replyConfig.LOG_LEVEL,
      stage: replyConfig.STAGE,
      now: clock.now,
      write: (line) => writeLog(line, name),
    });
  const queue = watchQueue(createMemoryQueue({ clock }), onQueue);
  const store = createMemoryStore({ clock, items: [...ownedTable(replyConfig.TABLE_NAME), ...items] });
  const http = createHttpClient({ origin: replyConfig.TWILIO_API_URL ?? '', clock });

  const replyOutside: Reply.ReplyOutside = {
    ...watch,
    onHandedBack: (record, reason) => onHandedBack(handedBack(record, reason)),
    apiKey: fixedSecret({
      sid: replyConfig.TWILIO_API_KEY_SID ?? '',
      secret: replyConfig.TWILIO_API_KEY_SECRET ?? '',
    }),
    store: watchStore(store, onNoted, items),
    postpone: queue.postpone,
    http: http.send,
    clock,
    random,
    log: logOf('reply'),
  };
  const createReply = (rules?: RuleBook, handlers?: Handlers) =>
    loadBundle<typeof Reply>('reply').createHandler(replyConfig, { ...replyOutside, rules, handlers });
  let reply = createReply();
  const source = createEventSource({
    queue,
    handler: (...batch) => reply(...batch),
    clock,
    timeoutMs: REPLY_TIMEOUT_MS,
  });
  const receiveOutside: Receive.ReceiveOutside = {
    onReceived,
    authTokens,
    queue: {
      send: async (message) => {
        await queue.send(message);
        source.poll();
      },
    },
    clock,
    log: logOf('receive'),
  };
  const createReceive = (rules?: RuleBook) =>
    loadBundle<typeof Receive>('receive').createHandler(receiveConfig, { ...receiveOutside, rules });
  let receive = createReceive();
  const reconcile = loadBundle<typeof Reconcile>('reconcile').createHandler(
    readConfig('reconcile', environment),
    {
      ...replyOutside,
      log: logOf('reconcile'),
      queue: receiveOutside.queue,
      http: (request) => {
        onLook({ kind: 'look', method: request.method, path: request.path });
        return http.send(request);
      },
    },
  );

  let stopped = false;
  const reconcileNow = (asked: object = {}) =>
    reconcile(asked, { getRemainingTimeInMillis: () => RECONCILE_TIMEOUT_MS });
  async function reconcileForever(): Promise<void> {
    for (;;) {
      await clock.sleep(RECONCILE_EVERY_MS);
      if (stopped) return;
      await reconcileNow();
    }
  }
  const installed = reconcileNow();
  void reconcileForever();

  return {
    receive: async (request) => {
      const { statusCode, headers = {}, body } = await receive(toLambdaEvent(request, clock.now()));
      return { status: statusCode, headers, body: Buffer.from(body) };
    },
    idle: async () => {
      await installed;
      await source.idle();
    },
    useRules: (rules, handlers) => {
      reply = createReply(rules, handlers);
      receive = createReceive(rules);
    },
    items: store.items,
    store: { ...replyOutside.store, items: store.items },
    queue: { ...queue, send: receiveOutside.queue.send },
    reconcile: reconcileNow,
    stop: async () => {
      stopped = true;
      await http.close();
    },
  };
}

function handedBack({ body, attributes }: QueueRecord, reason: string): HandedBackStep {
  const attempt = Number(attributes.ApproximateReceiveCount);
  return { kind: 'handed-back', event: openEnvelope(body).event, reason, attempt };
}
