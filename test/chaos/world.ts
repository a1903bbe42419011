import { setTimeout as delay } from 'node:timers/promises';
import { ChangeMessageVisibilityCommand } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { WebhookRequest, WebhookResponse } from '../../emulator/index.ts';
import { openEnvelope } from '../../lib/queue/envelope.ts';
import type * as Lib from '../../lib/reconcile/reconcile.ts';
import type { FunctionName } from '../../lib/settings.ts';
import { startSurroundings, throughApiGateway } from '../../local/lambda/deployed-bot.ts';
import { deliverBatch } from '../../local/lambda/event-source-mapping.ts';
import { endLease } from './end-lease.ts';
import { createHistory } from './history.ts';
import { createPool, type Pool } from './pool.ts';
import { readReplies } from './read-replies.ts';
import { missingSteps } from './read-steps.ts';
import type { Invocation, Moment, SurroundingOptions } from './tapped-function.ts';
import type { Line, Trial } from './trial.ts';

export interface WorldOptions extends Pick<SurroundingOptions, 'pretend' | 'folders'> {
  /** What was not brought to its end comes again as soon as what a dead process had, not after its growing delay. */
  readonly soon?: boolean;
}

/** The packaged bot in processes of its own, AWS and Twilio beside it, and customers who write. */
export interface World {
  /** The customers of these trials write; resolves when Twilio has told receive all of it. */
  write(trials: readonly Trial[]): Promise<void>;
  /**
   * Resolves to 0 when nothing is on its way to receive, waits in the queue, or is being answered; to how much of it
   * there still is when patience ends.
   */
  quiet(): Promise<number>;
  /**
   * One run of the function that comes every five minutes; tells how many lost webhooks it found, undefined when it
   * did not get to its end. One that was killed holds up no other: its time is taken for over.
   */
  reconcile(moment?: Moment): Promise<ReconcileRun>;
  /** What was invoked over this line, in order. */
  invocations(victim: 'receive' | 'reply', line: Line): readonly (Invocation | undefined)[];
  /** What the customer of this trial got from the bot, in the order in which it stands in the conversation. */
  seen(trial: Trial): Promise<readonly string[]>;
  /** How many steps that are not messages, and were due for it, cannot be seen at Twilio. */
  missing(trial: Trial): Promise<number>;
  /** Whose processes were killed so far. */
  killed(): readonly FunctionName[];
  stop(): Promise<void>;
}

export interface ReconcileRun extends Pick<Invocation, 'ms' | 'calls' | 'killed'> {
  readonly found: number | undefined;
}

/**
 * Short, so that a run takes seconds: a message whose process died comes again three seconds later instead of three
 * minutes after it was handed over, and what was sent with an unknown outcome counts as not sent after the shortest
 * time the settings allow. Both make things harder for the bot, not easier.
 */
const AGAIN_SECONDS = 3;
const SETTLE_SECONDS = 10;
/** After the message has come again, and before it counts as not sent. */
const LATE_MS = 4_000;

const RECEIVERS = 2;
const REPLIERS = 3;
const CUSTOMERS_AT_ONCE = 2;
const LOOK_EVERY_MS = 50;
/** Far longer than anything here takes on the slowest machine. What waits longer is not lost: it still waits. */
export const PATIENCE_MS = 600_000;

export async function startWorld({ pretend, folders, soon }: WorldOptions = {}): Promise<World> {
  const lines = new Map<string, Line>();
  const conversations = new Map<Trial, string>();
  const history = { receive: createHistory(), reply: createHistory() };
  const killed: FunctionName[] = [];
  let stillToCome = 0;
  const options: SurroundingOptions = { later, pretend, folders };

  const surroundings = await startSurroundings(deliver);
  const { service, aws, sqs, env, underWay } = surroundings;
  const replyEnv = { ...env.reply, REPLY_SETTLE_SECONDS: String(SETTLE_SECONDS) };
  const receivers = createPool('receive', RECEIVERS, env.receive, options);
  const repliers = Array.from({ length: REPLIERS }, () => createPool('reply', 1, replyEnv, options));
  const reconcilers = createPool('reconcile', 1, env.reply, options);
  const pools = [receivers, ...repliers, reconcilers];
  // Twilio gives up on a webhook after five seconds, in which a busy machine may not even start a process.
  await Promise.all(pools.map((pool) => pool.ready()));

  async function invoke(pool: Pool, event: unknown, moment?: Moment, fresh?: boolean) {
    const invocation = await pool.invoke(event, moment, fresh);
    if (invocation.killed) killed.push(pool.name);
    return invocation;
  }

  function later(effect: () => Promise<unknown>): void {
    stillToCome += 1;
    void delay(LATE_MS)
      .then(effect)
      .finally(() => {
        stillToCome -= 1;
      });
  }

  /** A webhook on its way from Twilio through API Gateway to receive. */
  async function deliver(webhook: WebhookRequest): Promise<WebhookResponse> {
    const text = new URLSearchParams(webhook.body).get('Body') ?? '';
    const { webhook: fate, fresh } = lines.get(text) ?? {};
    if (fate === 'lost') return { status: 503, headers: {}, body: '' };
    const { result } = await history.receive.record(text, () =>
      invoke(receivers, throughApiGateway(webhook), fate, fresh),
    );
    const { statusCode = 502 } = result.ok ? (result.payload as { statusCode?: number }) : {};
    return { status: statusCode, headers: {}, body: '' };
  }

  /** One message, as the event source mapping hands it over. */
  async function invokeReply(pool: Pool, queued: SQSEvent) {
    const { event } = openEnvelope(queued.Records[0]?.body ?? '');
    const text = 'Body' in event ? event.Body : '';
    const { kills: moments = [], fresh } = lines.get(text) ?? {};
    const { result } = await history.reply.record(text, (before) =>
      invoke(pool, queued, moments[before], fresh),
    );
    const { batchItemFailures = [] } = result.ok ? (result.payload as Partial<SQSBatchResponse>) : {};
    if (!result.ok || (soon && batchItemFailures.length > 0)) await comeAgain(queued);
    return result;
  }

  /**
   * Not by a short visibility of the queue, which would hand a message to a second process while the first is still at
   * work wherever the machine is slow.
   */
  async function comeAgain({ Records: [record] }: SQSEvent): Promise<void> {
    await sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: aws.queueUrl,
        ReceiptHandle: record?.receiptHandle,
        VisibilityTimeout: AGAIN_SECONDS,
      }),
    );
  }

  let stopped = false;
  const polling = repliers.map(async (pool) => {
    const invokeFunction = (event: SQSEvent) => invokeReply(pool, event);
    const source = { sqs, queueUrl: aws.queueUrl, batchSize: 1, waitSeconds: 1, invoke: invokeFunction };
    while (!stopped) {
      // While a process starts another may have time for the message.
      await pool.ready();
      await deliverBatch(source);
    }
  });

  async function converse(trial: Trial): Promise<void> {
    const { conversation } = await service.customer.startConversation({ channel: 'whatsapp' });
    const conversationSid = String(conversation['sid']);
    conversations.set(trial, conversationSid);
    for (const line of trial.lines) {
      lines.set(line.body, line);
      await service.customer.write({ conversationSid, body: line.body });
      await service.idle();
    }
  }

  async function quiet(): Promise<number> {
    for (let waited = 0; ; waited += LOOK_EVERY_MS) {
      const left = stillToCome + (await underWay());
      if (left === 0 || waited >= PATIENCE_MS) return left;
      await delay(LOOK_EVERY_MS);
    }
  }

  return {
    killed: () => killed,
    invocations: (victim, { body }) => history[victim].of(body),
    seen: (trial) => readReplies(service, conversations.get(trial) ?? ''),
    missing: async (trial) => {
      const of = (line: Line) => missingSteps(service, conversations.get(trial) ?? '', line);
      return (await Promise.all(trial.lines.map(of))).reduce((sum, missing) => sum + missing, 0);
    },
    write: async (trials) => {
      const waiting = [...trials];
      const customers = Array.from({ length: CUSTOMERS_AT_ONCE }, async () => {
        for (let trial = waiting.shift(); trial !== undefined; trial = waiting.shift()) await converse(trial);
      });
      await Promise.all(customers);
    },
    quiet,
    reconcile: async (moment) => {
      // One runs at a time here, so whoever holds the lease is dead, or its last write came late.
      await endLease(aws);
      const { result, ms, calls, killed: died } = await invoke(reconcilers, { look: 'now' }, moment);
      const { found, finished } = result.ok
        ? (result.payload as Lib.Reconciled)
        : { found: 0, finished: false };
      // What a run did not finish, or another one was at, it has not looked for.
      return { found: finished || found > 0 ? found : undefined, ms, calls, killed: died };
    },
    stop: async () => {
      stopped = true;
      await Promise.all(polling);
      await Promise.all(pools.map((pool) => pool.stop()));
      await surroundings.stop();
    },
  };
}
