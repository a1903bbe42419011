import type { Context } from 'aws-lambda';
import { createQueue } from '../lib/aws/queue.ts';
import { readApiKey } from '../lib/aws/secrets.ts';
import { createStore } from '../lib/aws/store.ts';
import { systemClock } from '../lib/clock.ts';
import { type Config, readConfig, runsInLambda } from '../lib/config.ts';
import { parseNames } from '../lib/guards/names.ts';
import { createReads } from '../lib/history/read-from-twilio.ts';
import { createLog, type Log } from '../lib/log.ts';
import type { ApiKey, Clock, HttpClient, Queue, Random, Secret, Store } from '../lib/ports.ts';
import { readAsked } from '../lib/reconcile/read-asked.ts';
import { reconcile } from '../lib/reconcile/reconcile.ts';
import { shortHash } from '../lib/record/short-hash.ts';
import { listAlerts } from '../lib/twilio/alerts.ts';
import { apiOrigin } from '../lib/twilio/api-origin.ts';
import { listConversations } from '../lib/twilio/conversations.ts';
import { createHttpClient } from '../lib/twilio/http-client.ts';
import { createMessages } from '../lib/twilio/messages.ts';
import { createTwilioApi } from '../lib/twilio/request.ts';
import { fetchWebhookConfiguration } from '../lib/twilio/webhook-configuration.ts';

/** What is outside: AWS in Lambda, memory in the local world. */
export interface ReconcileOutside {
  readonly apiKey: Secret<ApiKey>;
  readonly store: Store;
  readonly queue: Queue;
  readonly http: HttpClient;
  /** To Twilio's Monitor, which has a host of its own; absent where there is none. */
  readonly monitor?: HttpClient | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** build/build.mjs puts the hash of the other bundles here. */
declare const PARLEY_BUILD: string | undefined;

/** The part of a Lambda context that is used here. */
type Invocation = Pick<Context, 'getRemainingTimeInMillis'> & Partial<Pick<Context, 'awsRequestId'>>;

/** Every minute: what the queue refused goes back to it, and messages are found whose webhook never came. */
export function createHandler(config: Config<'reconcile'>, outside: ReconcileOutside) {
  const api = createTwilioApi({ ...outside, origin: originOf(config) });
  const { monitor } = outside;
  const monitorApi =
    monitor && createTwilioApi({ ...outside, http: monitor, origin: originOf(config, 'monitor') });
  const { list } = createMessages(api);
  const ports = {
    ...outside,
    list,
    listConversations: listConversations.bind(undefined, api),
    fetchWebhooks: (serviceSid?: string) => fetchWebhookConfiguration(api, serviceSid),
    listAlerts: monitorApi && ((from: number) => listAlerts(monitorApi, from)),
    readParticipant: createReads(api).participant,
    accountSid: config.TWILIO_ACCOUNT_SID,
    serviceSids: config.TWILIO_CHAT_SERVICE_SID,
    publicUrls: config.PUBLIC_URL,
    checksWiring: config.WEBHOOK_WIRING === 'service',
    isOff: config.BOT_MODE === 'off',
    botAuthor: config.BOT_AUTHOR,
    agents: parseNames(config.AGENTS ?? []),
    programs: parseNames(config.PROGRAMS ?? []),
    maxAgeMs: config.REPLY_MAX_AGE_SECONDS * 1_000,
    deployment: deploymentOf(config),
  };
  return async (event: unknown, context: Invocation) => {
    const remainingMs = () => context.getRemainingTimeInMillis();
    return outside.log.within({ requestId: context.awsRequestId }, () =>
      reconcile({ ...ports, asked: readAsked(event), remainingMs }),
    );
  };
}

/** What decides which webhooks come in, and where what is known of them lies. */
function deploymentOf(config: Config<'reconcile'>): string {
  const { TWILIO_CHAT_SERVICE_SID, PUBLIC_URL, TABLE_NAME, QUEUE_URL, BOT_MODE, WEBHOOK_WIRING } = config;
  const build = typeof PARLEY_BUILD === 'string' ? PARLEY_BUILD : '';
  const settings = [TWILIO_CHAT_SERVICE_SID, PUBLIC_URL, TABLE_NAME, QUEUE_URL, BOT_MODE, WEBHOOK_WIRING];
  return shortHash(JSON.stringify([build, ...settings]));
}

function originOf(config: Config<'reconcile'>, product?: 'monitor'): string {
  const { TWILIO_API_URL: url, TWILIO_EDGE: edge, TWILIO_REGION: region } = config;
  return apiOrigin({ url: product === undefined ? url : undefined, edge, region, product });
}

function handlerInLambda() {
  const config = readConfig('reconcile');
  const clock = systemClock;
  const log = createLog({ level: config.LOG_LEVEL, stage: config.STAGE, now: clock.now });
  const monitor = createHttpClient({ origin: originOf(config, 'monitor'), clock });
  return createHandler(config, {
    apiKey: readApiKey(config.TWILIO_API_KEY_SECRET_ID ?? '', { clock, log }),
    store: createStore({ tableName: config.TABLE_NAME, clock }),
    queue: createQueue({ url: config.QUEUE_URL }),
    http: createHttpClient({ origin: originOf(config), clock }).send,
    // Another origin for the API is a stand-in for it, which has no Monitor.
    monitor: config.TWILIO_API_URL === undefined ? monitor.send : undefined,
    clock,
    random: Math.random,
    log,
  });
}

export const handler = runsInLambda() ? handlerInLambda() : undefined;
