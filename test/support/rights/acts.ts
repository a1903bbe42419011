import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { ConversationsService, WebhookRequest } from '../../../emulator/index.ts';
import { systemClock } from '../../../lib/clock.ts';
import type { FunctionName } from '../../../lib/config.ts';
import type { Store } from '../../../lib/ports.ts';
import type { LookState } from '../../../lib/reconcile/look-state.ts';
import { LOOKS_KEY, OLD_SPOOL, SPOOLS, spoolKey } from '../../../lib/record/keys.ts';
import { decodeForm } from '../../../lib/webhook/decode-form.ts';
import { signWebhook } from '../../../lib/webhook/sign-webhook.ts';
import type { AwsLocal } from '../../../local/lambda/aws-local.ts';
import { CREDENTIALS, PUBLIC_URL, throughApiGateway } from '../../../local/lambda/deployed-bot.ts';
import {
  deliverBatch,
  receive as receiveMessages,
  toSqsEvent,
} from '../../../local/lambda/event-source-mapping.ts';
import type { GuardedAws } from './guard-aws.ts';

type Handler<E, R> = (event: E, context: { getRemainingTimeInMillis(): number }) => Promise<R>;

export interface Handlers {
  readonly receive: Handler<unknown, { readonly statusCode: number }>;
  readonly reply: Handler<SQSEvent, SQSBatchResponse>;
  readonly reconcile: Handler<unknown, unknown>;
}

/** What an act has at hand: the guard, and behind it what no right is needed for. */
export interface Hands {
  readonly guard: GuardedAws;
  /** Through the guard, as the event source and the version before ask. */
  readonly sqs: SQSClient;
  readonly dynamodb: DynamoDBClient;
  readonly aws: AwsLocal;
  readonly service: ConversationsService;
  readonly store: Store;
  /** The bundle, as it is after a cold start. */
  load<N extends FunctionName>(name: N): Handlers[N];
  /** A customer writes. @returns the webhook that Twilio posts */
  write(conversationSid: string, body: string): Promise<WebhookRequest>;
  /** Puts what the webhook says on the queue. */
  feed(webhook: WebhookRequest): Promise<unknown>;
}

/** Whether each part of the work succeeded, by what it is. */
type Act = (hands: Hands) => Promise<Readonly<Record<string, boolean>>>;

const context = { getRemainingTimeInMillis: () => 30_000 };
/** Of the reconciler's, before its first round. */
const NOTHING_SEEN = { heldUntil: 0, deployment: '', deployedAt: 0, signs: [], services: {} };

/** All that each function does which needs a right, at least once. */
export const ACTS: Readonly<Record<FunctionName, Act>> = {
  receive: async ({ guard, aws, dynamodb, load, write, service }) => {
    const webhook = await write(await startConversation(service), 'hours');
    const take = load('receive');
    const taken = await take(throughApiGateway(webhook), context);
    guard.putOutOfOrder('sqs:SendMessage');
    const spooled: number[] = [];
    for (const sid of ONE_OF_EACH_SPOOL) {
      spooled.push((await take(throughApiGateway(inConversation(webhook, sid)), context)).statusCode);
    }
    guard.putOutOfOrder('secretsmanager:GetSecretValue');
    const lost = await load('receive')(throughApiGateway(webhook), context);
    // What still runs while an update is under way, with the new role.
    const old = { pk: { S: OLD_SPOOL }, sk: { S: 'by the version before' } };
    await dynamodb.send(new PutItemCommand({ TableName: aws.tableName, Item: old }));
    return {
      'the queue takes it': taken.statusCode === 200,
      'the spool takes it': spooled.every((status) => status === 200),
      'it is lost': lost.statusCode === 503,
    };
  },

  reply: async ({ guard, aws, sqs, load, write, feed, service }) => {
    const conversationSid = await startConversation(service);
    const reply = load('reply');
    // What the event source does before the first message, and around each invocation.
    await sqs.send(new GetQueueAttributesCommand({ QueueUrl: guard.queueUrl, AttributeNames: ['All'] }));
    await feed(await write(conversationSid, 'hours'));
    await deliverBatch({
      sqs,
      queueUrl: guard.queueUrl,
      invoke: async (event) => ({ ok: true, payload: await reply(event, context) }),
    });
    // The webhook of one message does not come, so the next waits for it, which has gone behind the others once already.
    await write(conversationSid, 'plants');
    await feed(await write(conversationSid, 'thanks'));
    const event = toSqsEvent(await receiveMessages({ sqs, queueUrl: guard.queueUrl }));
    for (const { attributes } of event.Records) attributes.MessageDeduplicationId = 'behind|the others';
    const first = await reply(event, context);
    // By the third delivery it also reads what is known of those before.
    for (const { attributes } of event.Records) attributes.ApproximateReceiveCount = '3';
    const second = await reply(event, context);
    const answers = requestsOf(service).filter(
      ({ method, path }) => method === 'POST' && path.includes(conversationSid),
    );
    return {
      'one is answered': answers.length === 1,
      'one waits': first.batchItemFailures.length === 1,
      'it goes behind': second.batchItemFailures.length === 0 && aws.queued() === 2,
    };
  },

  reconcile: async ({ aws, load, service, store }) => {
    const now = systemClock.now();
    const expiresAt = now / 1000 + 3600;
    // The queue would drop what it has had a moment ago.
    const message = { groupId: `CH${'0'.repeat(32)}`, deduplicationId: `spooled-${now}`, body: 'anything' };
    const key = spoolKey(message, now);
    await store.put(key, { version: 1, expiresAt, value: message }, undefined);
    // A page of conversations to ask Twilio for is left from the run before. A whole round is 200 reads of the table.
    const before = (await store.get<LookState>(LOOKS_KEY))?.version;
    const wide = { serviceSid: CREDENTIALS.serviceSid };
    const services = { [CREDENTIALS.serviceSid]: {} };
    const value = { ...NOTHING_SEEN, lookedAt: now, services, wide };
    await store.put(LOOKS_KEY, { version: (before ?? 0) + 1, expiresAt, value }, before);
    const asked = requestsOf(service).length;
    await load('reconcile')({}, context);
    return {
      'it is on the queue': aws.queued() > 0,
      'the spool is empty': (await store.get(key)) === undefined,
      'Twilio was asked': requestsOf(service).length > asked,
    };
  },
};

function requestsOf(service: ConversationsService) {
  return service.since(0).filter((happening) => happening.kind === 'request');
}

async function startConversation(service: ConversationsService): Promise<string> {
  const { conversation } = await service.customer.startConversation({ channel: 'whatsapp' });
  return String(conversation['sid']);
}

/** Conversations of which each goes to another partition of the spool. */
const ONE_OF_EACH_SPOOL = SPOOLS.map((spool) => {
  for (let number = 0; ; number += 1) {
    const groupId = `CH${String(number).padStart(32, '0')}`;
    if (spoolKey({ groupId, deduplicationId: '' }, 0).pk === spool) return groupId;
  }
});

/** The same, as Twilio would sign it for another conversation. */
function inConversation(webhook: WebhookRequest, conversationSid: string): WebhookRequest {
  const params = new Map(decodeForm(Buffer.from(webhook.body)));
  params.set('ConversationSid', [conversationSid]);
  const fields = [...params].flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  );
  const signature = signWebhook(CREDENTIALS.authToken, PUBLIC_URL, params);
  return {
    ...webhook,
    headers: { ...webhook.headers, 'X-Twilio-Signature': signature },
    body: new URLSearchParams(fields).toString(),
  };
}
