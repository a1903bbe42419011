import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { SQSEvent } from 'aws-lambda';
import { processorTime } from '../../bench/process-figures.ts';
import type { ConversationsService, WebhookRequest, WebhookResponse } from '../../emulator/index.ts';
import { startBundle, startSurroundings, throughApiGateway } from '../../local/lambda/deployed-bot.ts';
import { deliverBatch } from '../../local/lambda/event-source-mapping.ts';
import { type RunningFunction, startFunction } from '../../local/lambda/lambda-runtime.ts';
import { bundleWithRules, ORDER } from '../support/bundle-with-rules.ts';

/** The packaged bot on as many processes as the machine can feed, and how long it took to answer webhooks. */
export interface Stack {
  readonly service: ConversationsService;
  /** Milliseconds from Twilio's sending a webhook to its answer, in the order of the answers. */
  readonly acknowledged: readonly number[];
  /** The same for a handler that does nothing, which gets every tenth webhook too. */
  readonly bare: readonly number[];
  /** What customers wrote in the webhooks that receive did not take. */
  readonly refused: ReadonlySet<string>;
  /** How much may still lead to a reply: webhooks without an answer, and messages on the queue. */
  underWay(): Promise<number>;
  /** The function that comes every five minutes: it brings back what the queue did not take in time. */
  reconcile(): Promise<void>;
  readonly processes: { readonly receive: number; readonly reply: number };
  /** Processor time so far; of other systems than Linux it is not known. */
  processorTime(): ProcessorTime;
  stop(): Promise<void>;
}

/** In milliseconds. */
export interface ProcessorTime {
  readonly receive: number;
  readonly reply: number;
  /** Of this process: Twilio, SQS, DynamoDB, and the customers. */
  readonly standIns: number;
}

const BARE_EVERY = 10;
const BARE_DIR = new URL('../../bench/empty', import.meta.url).pathname;

export async function startStack(): Promise<Stack> {
  const acknowledged: number[] = [];
  const bare: number[] = [];
  let sent = 0;
  const refused = new Set<string>();
  let stopped = false;

  const surroundings = await startSurroundings(deliver);
  const { env, sqs, aws, service, underWay } = surroundings;
  const cores = availableParallelism();
  const bundleDir = resolve(await bundleWithRules('dist/load/reply', ORDER));
  const several = <T>(count: number, start: () => Promise<T>) =>
    Promise.all(Array.from({ length: count }, start));
  const [receivers, repliers, bareHandler] = await Promise.all([
    several(cores, () => startBundle('receive', env.receive)),
    several(2 * cores, () => startFunction({ bundleDir, handler: 'index.handler', env: env.reply })),
    startFunction({ bundleDir: BARE_DIR, handler: 'index.handler' }),
  ]);
  const free = [...receivers];
  const waiting: ((receiver: RunningFunction) => void)[] = [];
  const take = () => free.shift() ?? new Promise<RunningFunction>((resolve) => waiting.push(resolve));
  const give = (receiver: RunningFunction) => {
    const next = waiting.shift();
    if (next === undefined) free.push(receiver);
    else next(receiver);
  };

  async function deliver(webhook: WebhookRequest): Promise<WebhookResponse> {
    const started = performance.now();
    const event = throughApiGateway(webhook);
    if (sent % BARE_EVERY === 0) void measureBare(event);
    sent += 1;
    const receiver = await take();
    const result = await receiver.invoke(event);
    acknowledged.push(performance.now() - started);
    give(receiver);
    const { statusCode = 502 } = result.ok ? (result.payload as { statusCode?: number }) : {};
    if (statusCode !== 200) refused.add(new URLSearchParams(webhook.body).get('Body') ?? '');
    return { status: statusCode, headers: {}, body: '' };
  }

  async function measureBare(event: unknown): Promise<void> {
    const started = performance.now();
    await bareHandler.invoke(event);
    bare.push(performance.now() - started);
  }

  const polling = repliers.map(async (replier) => {
    const invoke = (event: SQSEvent) => replier.invoke(event);
    const source = { sqs, queueUrl: aws.queueUrl, batchSize: 1, waitSeconds: 1, invoke };
    while (!stopped) await deliverBatch(source);
  });

  return {
    service,
    acknowledged,
    bare,
    refused,
    underWay,
    reconcile: async () => {
      const reconciler = await startBundle('reconcile', env.reply);
      await reconciler.invoke({ look: 'now' });
      await reconciler.stop();
    },
    processorTime: () => {
      const { user, system } = process.cpuUsage();
      return { receive: timeOf(receivers), reply: timeOf(repliers), standIns: (user + system) / 1_000 };
    },
    processes: { receive: receivers.length, reply: repliers.length },
    stop: async () => {
      stopped = true;
      await Promise.all(polling);
      await Promise.all([...receivers, ...repliers, bareHandler].map((process) => process.stop()));
      await surroundings.stop();
    },
  };
}

function timeOf(processes: readonly RunningFunction[]): number {
  if (process.platform !== 'linux') return Number.NaN;
  return processes.reduce((sum, { pid }) => sum + processorTime(pid), 0);
}
