import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { rules } from '../../bot/rules.generated.ts';
import {
  type ConversationsService,
  createConversationsService,
  deliverOverHttp,
  listen as listenAsTwilio,
  type WebhookSeed,
} from '../../emulator/index.ts';
import { systemClock } from '../../lib/clock.ts';
import type { FunctionName } from '../../lib/config.ts';
import { webhookEvents } from '../../lib/rules/answered-events.ts';
import { putTemplates } from '../../local/bot/put-templates.ts';
import { type AwsLocal, startAwsLocal } from '../../local/lambda/aws-local.ts';
import { CREDENTIALS } from '../../local/lambda/deployed-bot.ts';
import { listen } from '../../local/lambda/listen.ts';
import { type KeptLog, keepLog } from '../../local/operator/keep-log.ts';
import { createFunctions, type Functions } from './operated/functions.ts';
import { answerJson } from './operated/json-apis.ts';
import { answerLambda } from './operated/lambda-api.ts';
import { withOtherProducts } from './operated/other-products.ts';
import { answerQuery, type WireAnswer } from './operated/query-apis.ts';
import {
  ACCOUNT_ID,
  readTemplate,
  type Shown,
  soundFunction,
  soundMapping,
  TOPIC,
} from './operated/shown.ts';

/** A deployed bot for commands: `run(['doctor', '--stage', 'dev'])` inside `operate`, as if it ran in AWS. */
export interface OperatedStack extends Omit<Functions, 'door' | 'close'> {
  readonly aws: AwsLocal;
  /** What AWS answers about the stack. A test changes it, and puts it back. */
  readonly shown: Shown;
  /** Twilio. It posts its webhooks to `publicUrl`, where the API and receive are. */
  readonly service: ConversationsService;
  readonly publicUrl: string;
  /** How the service's webhook is set where all is well. */
  readonly webhook: WebhookSeed;
  /** One request to Twilio by somebody else than the bot, a form or JSON for Content. Rejects unless it is taken. */
  ask(
    method: string,
    path: string,
    fields?: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, unknown>>>;
  /** What the functions wrote, which is what the logs and metrics are made of. */
  readonly log: KeptLog;
  /** Every call of AWS's that went to these stand-ins: `DescribeStacks`, `GET /2015-03-31/functions/…`. */
  readonly calls: readonly string[];
  /** Leads a command to it, in another process. */
  readonly env: Readonly<Record<string, string>>;
  /** Has this process see `env` while `use` runs. */
  operate<T>(use: () => Promise<T>): Promise<T>;
  /** Resolves when every webhook was delivered and every message that is visible on the queue was answered. */
  settle(): Promise<void>;
  /** Has the queue read as Lambda reads it, by long polls, until what is returned is called. */
  work(): () => Promise<void>;
  stop(): Promise<void>;
}

/** The names in Secrets Manager. */
export const AUTH_TOKEN_SECRET = 'parley/dev/twilio-auth-token';
export const API_KEY_SECRET = 'parley/dev/twilio-api-key';

/**
 * The bot that ships as stage `dev`: its functions in this process, SQS, DynamoDB and Secrets Manager as in
 * aws-local.ts, what else a command asks of AWS as stand-ins at the wire, and the emulator as Twilio.
 *
 * @example
 * const stack = await startOperatedStack();
 * const { out } = await stack.operate(() => run(['doctor', '--stage', 'dev']));
 * await stack.stop();
 */
export async function startOperatedStack(): Promise<OperatedStack> {
  const aws = await startAwsLocal();
  const log = keepLog();
  const calls: string[] = [];
  const { apiKeySid, apiKeySecret, authToken, accountSid, serviceSid } = CREDENTIALS;
  aws.secrets.put(AUTH_TOKEN_SECRET, authToken);
  aws.secrets.put(API_KEY_SECRET, JSON.stringify({ apiKeySid, apiKeySecret }));

  const functions = createFunctions(aws, log, (name) => shown.functions[name].Environment.Variables);
  const invoke = async (name: FunctionName, payload: unknown) =>
    name === 'reconcile' ? functions.reconcile(payload) : {};
  const server = createServer((request, response) => {
    void serve(request).then(
      ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
      () => response.writeHead(500).end(),
    );
  });
  const serve = async (request: IncomingMessage): Promise<WireAnswer> => {
    const { method = 'GET', url: path = '/' } = request;
    const body = await text(request);
    const target = String(request.headers['x-amz-target'] ?? '');
    if (target !== '') {
      calls.push(target.split('.')[1] ?? '');
      return (await answerJson(target, body, { shown, log })) ?? forward(dynamodb, request, body);
    }
    if (path === '/') {
      const form = new URLSearchParams(body);
      calls.push(form.get('Action') ?? '');
      return answerQuery(shown, form);
    }
    calls.push(`${method} ${path}`);
    return answerLambda(shown, { method, path, body }, invoke);
  };
  const dynamodb = aws.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '';
  const control = await listen(server);
  const door = await listen(
    createServer((request, response) => {
      if (shown.door === undefined) void openDoor(functions, request, response);
      else response.writeHead(shown.door).end();
    }),
  );
  const publicUrl = `${door.origin}/webhook`;
  const service = createConversationsService({
    ...CREDENTIALS,
    clock: systemClock,
    random: Math.random,
    deliver: deliverOverHttp,
  });
  const webhook: WebhookSeed = { PostWebhookUrl: publicUrl, Filters: [...webhookEvents(rules)] };
  service.configureWebhooks(webhook);
  await putTemplates(service, 'bot', rules);
  const products = withOtherProducts(service, () => shown.twilio);
  const twilio = await listenAsTwilio({ ...service, ...products }, { port: 0 });

  const common = {
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_CHAT_SERVICE_SID: serviceSid,
    QUEUE_URL: aws.queueUrl,
    TABLE_NAME: aws.tableName,
    STAGE: 'dev',
  };
  const withKey = { ...common, TWILIO_API_KEY_SECRET_ID: API_KEY_SECRET, TWILIO_API_URL: twilio.url };
  const { resources, alarms } = readTemplate({
    Queue: aws.queueUrl,
    DeadLetterQueue: aws.dlqUrl,
    Table: aws.tableName,
    Alarms: TOPIC,
  });
  const queueArn = `arn:aws:sqs:us-east-1:${ACCOUNT_ID}:parley.fifo`;
  const shown: Shown = {
    caller: { Account: ACCOUNT_ID, Arn: `arn:aws:iam::${ACCOUNT_ID}:user/operator` },
    stack: {
      StackStatus: 'UPDATE_COMPLETE',
      commit: undefined,
      tags: { app: 'parley', stage: 'dev' },
      outputs: {
        WebhookUrl: publicUrl,
        QueueUrl: aws.queueUrl,
        DeadLetterQueueUrl: aws.dlqUrl,
        TableName: aws.tableName,
        AlarmsTopicArn: TOPIC,
      },
      resources,
    },
    functions: {
      receive: soundFunction('receive', {
        ...common,
        TWILIO_AUTH_TOKEN_SECRET_ID: AUTH_TOKEN_SECRET,
        PUBLIC_URL: publicUrl,
      }),
      reply: soundFunction('reply', withKey),
      reconcile: soundFunction('reconcile', { ...withKey, PUBLIC_URL: publicUrl }),
    },
    mappings: [soundMapping(queueArn)],
    concurrency: 1_000,
    alarms,
    subscriptions: resources
      .filter(({ ResourceType }) => ResourceType === 'AWS::SNS::Topic')
      .map(({ PhysicalResourceId: TopicArn }) => ({
        TopicArn,
        Protocol: 'email',
        SubscriptionArn: `${TopicArn}:00000000-0000-4000-8000-000000000002`,
      })),
    table: { ttl: 'ENABLED', recovery: 'ENABLED', protected: true },
    datapoints: {},
    door: undefined,
    twilio: { alerts: [], sharedKeys: {}, bridged: [] },
  };
  const env = {
    ...aws.env,
    AWS_ENDPOINT_URL: control.origin,
    AWS_ENDPOINT_URL_DYNAMODB: control.origin,
    // What the machine's own user has is another account's.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
  return {
    aws,
    shown,
    service,
    publicUrl,
    webhook,
    ask: async (method, path, fields = {}) => askTwilio(service, method, path, fields),
    log,
    calls,
    env,
    answer: functions.answer,
    reconcile: functions.reconcile,
    operate: (use) => inEnvironment(env, use),
    settle: async () => {
      do await service.idle();
      while ((await functions.answer()) > 0);
    },
    work: () => {
      let isAtWork = true;
      const work = async () => {
        while (isAtWork) await functions.answer(1);
      };
      const working = work();
      return () => {
        isAtWork = false;
        return working;
      };
    },
    stop: async () => {
      await functions.close();
      await Promise.all([twilio.close(), door.close(), control.close(), aws.stop()]);
    },
  };
}

async function openDoor(
  { door }: Functions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  const {
    status,
    headers: answered,
    body,
  } = await door({
    method: request.method === 'GET' ? 'GET' : 'POST',
    url: `http://${request.headers.host}${request.url}`,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: await text(request),
  }).catch(() => ({ status: 502, headers: {}, body: '' }));
  response.writeHead(status, answered).end(body);
}

async function askTwilio(
  service: ConversationsService,
  method: string,
  path: string,
  fields: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const isJson = path.startsWith('/v1/Content');
  const form = new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const { accountSid, authToken } = CREDENTIALS;
  const answer = await service.handle({
    method,
    url: path,
    headers: {
      authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
      'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
    },
    body: new TextEncoder().encode(isJson ? JSON.stringify(fields) : String(form)),
  });
  const body = new TextDecoder().decode(answer.body);
  if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${body}`);
  return body === '' ? {} : (JSON.parse(body) as Readonly<Record<string, unknown>>);
}

/** To dynalite, which wants its headers as the client sent them. */
async function forward(origin: string, { headers }: IncomingMessage, body: string): Promise<WireAnswer> {
  const given = Object.entries(headers).filter(([name]) => /^(content-type|x-amz-|authorization)/.test(name));
  const answer = await fetch(origin, {
    method: 'POST',
    headers: Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
    body,
  });
  const type = answer.headers.get('content-type') ?? 'application/x-amz-json-1.0';
  return { status: answer.status, type, body: await answer.text() };
}

async function inEnvironment<T>(env: Readonly<Record<string, string>>, use: () => Promise<T>): Promise<T> {
  const before = Object.keys(env).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, env);
  try {
    return await use();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
