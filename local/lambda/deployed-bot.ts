import { SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyStructuredResultV2, SQSEvent } from 'aws-lambda';
import { rules } from '../../bot/rules.generated.ts';
import {
  type ConversationsService,
  createConversationsService,
  type Deliver,
  listen,
  type RequestHappening,
  type WebhookRequest,
} from '../../emulator/index.ts';
import { systemClock } from '../../lib/clock.ts';
import { putTemplates } from '../bot/put-templates.ts';
import { type AwsLocal, startAwsLocal } from './aws-local.ts';
import { deliverAll } from './event-source-mapping.ts';
import { toLambdaEvent } from './lambda-event.ts';
import { type RunningFunction, startFunction } from './lambda-runtime.ts';
import type { InvokeResult } from './runtime-api.ts';

export const CREDENTIALS = {
  accountSid: 'ACa0000000000000000000000000000001',
  serviceSid: 'ISa0000000000000000000000000000001',
  authToken: '0123456789abcdef0123456789abcdef',
  apiKeySid: 'SKa0000000000000000000000000000001',
  apiKeySecret: 'an-api-key-secret-for-tests',
} as const;

/** Twilio signs webhooks for it. Nobody listens there: what is sent to it is handed to receive. */
export const PUBLIC_URL = 'https://bot.example.com/webhook';

/** Everything around the functions, on loopback, and the environment that leads them to it. */
export interface Surroundings {
  readonly aws: AwsLocal;
  readonly sqs: SQSClient;
  readonly service: ConversationsService;
  readonly env: Readonly<Record<'receive' | 'reply', Readonly<Record<string, string>>>>;
  /** Resolves when every webhook was answered, also those whose answer Twilio no longer waits for. */
  delivered(): Promise<void>;
  /** Resolves to how much may still lead to a reply: webhooks without an answer, and messages on the queue. */
  underWay(): Promise<number>;
  stop(): Promise<void>;
}

export async function startSurroundings(deliver: Deliver): Promise<Surroundings> {
  const aws = await startAwsLocal();
  const { apiKeySid, apiKeySecret, authToken, accountSid, serviceSid } = CREDENTIALS;
  aws.secrets.put('parley/twilio-auth-token', authToken);
  aws.secrets.put('parley/twilio-api-key', JSON.stringify({ apiKeySid, apiKeySecret }));
  const unanswered = new Set<Promise<unknown>>();
  const service = createConversationsService({
    ...CREDENTIALS,
    clock: systemClock,
    random: Math.random,
    deliver: (webhook) => {
      const answer = deliver(webhook);
      unanswered.add(answer);
      const forget = () => unanswered.delete(answer);
      answer.then(forget, forget);
      return answer;
    },
  });
  service.configureWebhooks({ PostWebhookUrl: PUBLIC_URL, Filters: ['onMessageAdded'] });
  await putTemplates(service, 'bot', rules);
  const http = await listen(service, { port: 0 });
  const sqs = new SQSClient(aws.clients.sqs);
  const common = {
    ...aws.env,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_CHAT_SERVICE_SID: serviceSid,
    QUEUE_URL: aws.queueUrl,
    TABLE_NAME: aws.tableName,
    PUBLIC_URL,
  };
  return {
    aws,
    sqs,
    service,
    // Twilio waits for five seconds, in which a busy machine may not get through a function.
    delivered: async () => {
      await service.idle();
      while (unanswered.size > 0) await Promise.allSettled(unanswered);
    },
    underWay: async () => {
      await service.idle();
      return unanswered.size + aws.queued();
    },
    env: {
      receive: { ...common, TWILIO_AUTH_TOKEN_SECRET_ID: 'parley/twilio-auth-token' },
      reply: {
        ...common,
        TWILIO_API_KEY_SECRET_ID: 'parley/twilio-api-key',
        TWILIO_API_URL: http.url,
      },
    },
    stop: async () => {
      sqs.destroy();
      await Promise.all([http.close(), aws.stop()]);
    },
  };
}

/** What receive is given when this request comes to the API. */
export function throughApiGateway(request: WebhookRequest) {
  return toLambdaEvent(request, systemClock.now());
}

/**
 * The bundle that `npm run build` left in dist/, as its zip unpacks.
 * @param folder where another one is, below this folder
 */
export function startBundle(
  name: 'receive' | 'reply' | 'reconcile',
  env: Readonly<Record<string, string>>,
  folder = `dist/${name}`,
) {
  return startFunction({ bundleDir: `${process.cwd()}/${folder}`, handler: 'index.handler', env });
}

export interface DeployedBot extends Omit<Surroundings, 'env'> {
  readonly receive: RunningFunction;
  readonly reply: RunningFunction;
  /** A request from the internet, through API Gateway, to receive. */
  request(request: WebhookRequest): Promise<APIGatewayProxyStructuredResultV2>;
  /** Hands over what is on the queue until nothing is visible. */
  deliverQueue(): Promise<number>;
  invokeReply(event: SQSEvent): Promise<InvokeResult>;
  /** The webhooks that Twilio sent. */
  readonly webhooks: readonly WebhookRequest[];
  /** What the bot asked of Twilio's REST API, in order. */
  requests(): readonly RequestHappening[];
}

/**
 * The whole bot as it deploys, each function in one process under AWS's runtime client.
 * @param folders where another bundle of reply is, below this folder
 */
export async function startDeployedBot(folders: { readonly reply?: string } = {}): Promise<DeployedBot> {
  const webhooks: WebhookRequest[] = [];
  const deliver: Deliver = async (webhook) => {
    webhooks.push(webhook);
    const { statusCode = 0, body = '' } = await request(webhook);
    return { status: statusCode, headers: {}, body };
  };
  const surroundings = await startSurroundings(deliver);
  const { aws, sqs, service, env, delivered, underWay, stop } = surroundings;
  const [receive, reply] = await Promise.all([
    startBundle('receive', env.receive),
    startBundle('reply', env.reply, folders.reply),
  ]);
  const request = async (webRequest: WebhookRequest) => {
    const result = await receive.invoke(throughApiGateway(webRequest));
    if (!result.ok) throw new Error(`receive failed: ${JSON.stringify(result.error)}`);
    return result.payload as APIGatewayProxyStructuredResultV2;
  };
  const invokeReply = (event: SQSEvent) => reply.invoke(event);
  return {
    aws,
    sqs,
    service,
    delivered,
    underWay,
    receive,
    reply,
    webhooks,
    request,
    invokeReply,
    deliverQueue: () => deliverAll({ sqs, queueUrl: aws.queueUrl, invoke: invokeReply }),
    requests: () => service.since(0).filter((happening) => happening.kind === 'request'),
    stop: async () => {
      await Promise.all([receive.stop(), reply.stop()]);
      await stop();
    },
  };
}
