import { SQSClient } from '@aws-sdk/client-sqs';
import { type ConversationsService, createConversationsService } from '../../emulator/index.ts';
import * as receiveFunction from '../../functions/receive.ts';
import * as reconcileFunction from '../../functions/reconcile.ts';
import * as replyFunction from '../../functions/reply.ts';
import { createQueue } from '../../lib/aws/queue.ts';
import { fixedSecret } from '../../lib/aws/secret.ts';
import { createStore } from '../../lib/aws/store.ts';
import { systemClock } from '../../lib/clock.ts';
import { readConfig } from '../../lib/config.ts';
import { createLog } from '../../lib/log.ts';
import type { HttpClient } from '../../lib/ports.ts';
import { CREDENTIALS, PUBLIC_URL } from '../../local/lambda/deployed-bot.ts';
import { deliverBatch } from '../../local/lambda/event-source-mapping.ts';
import { toLambdaEvent } from '../../local/lambda/lambda-event.ts';
import { bookOf } from '../book-of.ts';
import { type Calls, startWire } from './start-wire.ts';

/** What customers write, and how many messages answer it. */
const BOOK = bookOf(`version: 1
rules:
  - { id: one, when: { keyword: one }, then: { text: It is packed. } }
  - { id: two, when: { keyword: two }, then: [{ text: It is packed. }, { text: It leaves today. }] }
  - { id: keep, when: { keyword: keep }, then: [{ remember: { order: '1234' } }, { text: It is packed. }] }
`);

/** Where quarters of an hour begin decides what is counted. */
const START = Date.UTC(2026, 10, 29, 12, 1);
const ORIGIN = 'https://conversations.twilio.com';

export interface CountedBot {
  readonly service: ConversationsService;
  /** Somebody writes in a conversation, twenty seconds later, and the bot answers; what receive took, and what reply and the queue took. */
  write(conversationSid: string, body: string): Promise<{ readonly receive: Calls; readonly reply: Calls }>;
  /** The reconciler runs once a minute for so many minutes, of which none passes. */
  reconcile(minutes: number): Promise<Calls>;
  stop(): Promise<void>;
}

/** The three functions in this process, with the SDK's clients, and nothing around them that does not count. */
export async function startCountedBot(): Promise<CountedBot> {
  const wire = await startWire();
  let ahead = 0;
  const startedAt = systemClock.now();
  const clock = { ...systemClock, now: () => START + systemClock.now() - startedAt + ahead };
  const env = {
    TWILIO_ACCOUNT_SID: CREDENTIALS.accountSid,
    TWILIO_CHAT_SERVICE_SID: CREDENTIALS.serviceSid,
    TWILIO_AUTH_TOKEN: CREDENTIALS.authToken,
    TWILIO_API_KEY_SID: CREDENTIALS.apiKeySid,
    TWILIO_API_KEY_SECRET: CREDENTIALS.apiKeySecret,
    PUBLIC_URL,
    QUEUE_URL: wire.queueUrl,
    TABLE_NAME: wire.aws.tableName,
  };
  let receiveCalls: Calls | undefined;
  const service = createConversationsService({
    ...CREDENTIALS,
    clock,
    random: Math.random,
    deliver: async ({ method, url, headers, body }) => {
      const { statusCode } = await receive(toLambdaEvent({ method, url, headers, body }, clock.now()));
      receiveCalls = wire.take();
      return { status: statusCode, headers: {}, body: '' };
    },
  });
  service.configureWebhooks({ PostWebhookUrl: PUBLIC_URL, Filters: ['onMessageAdded'] });
  const http: HttpClient = async ({ method, path, headers, body = '' }) => {
    wire.note(`${method} ${path.replace(/\?.*/, '').split('/').at(-1)}`);
    const response = await service.handle({
      method,
      url: `${ORIGIN}${path}`,
      headers,
      body: Buffer.from(body),
    });
    return { ...response, body: Buffer.from(response.body).toString('utf8') };
  };
  const log = createLog({ level: 'info', now: clock.now, write: wire.write });
  const queue = createQueue({ url: wire.queueUrl, client: wire.sqs });
  const outside = {
    apiKey: fixedSecret({ sid: CREDENTIALS.apiKeySid, secret: CREDENTIALS.apiKeySecret }),
    store: createStore({ tableName: wire.aws.tableName, clock, client: wire.dynamodb }),
    queue,
    postpone: queue.postpone,
    http,
    clock,
    random: Math.random,
    log,
  };
  const receive = receiveFunction.createHandler(readConfig('receive', env), {
    ...outside,
    authTokens: fixedSecret([CREDENTIALS.authToken]),
    rules: BOOK,
  });
  const reply = replyFunction.createHandler(readConfig('reply', env), { ...outside, rules: BOOK });
  const reconcile = reconcileFunction.createHandler(readConfig('reconcile', env), outside);
  const sqs = new SQSClient(wire.sqs);
  const remaining = (ms: number) => ({ getRemainingTimeInMillis: () => ms });
  return {
    service,
    write: async (conversationSid, body) => {
      ahead += 20_000;
      await service.customer.write({ conversationSid, body });
      await service.idle();
      await deliverBatch({
        sqs,
        queueUrl: wire.queueUrl,
        batchSize: 1,
        invoke: async (event) => ({ ok: true, payload: await reply(event, remaining(30_000)) }),
      });
      if (receiveCalls === undefined) throw new Error('Expected a webhook for the message.');
      return { receive: receiveCalls, reply: wire.take() };
    },
    reconcile: async (minutes) => {
      for (let run = 0; run < minutes; run += 1) {
        ahead += 60_000;
        await reconcile({}, remaining(120_000));
      }
      return wire.take();
    },
    stop: async () => {
      sqs.destroy();
      await wire.stop();
    },
  };
}
