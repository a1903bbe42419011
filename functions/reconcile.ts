import type { Context, ScheduledEvent } from 'aws-lambda';
import { createQueue } from '../lib/aws/queue.ts';
import { readApiKey } from '../lib/aws/secrets.ts';
import { createStore } from '../lib/aws/store.ts';
import { systemClock } from '../lib/clock.ts';
import { type Config, readConfig, runsInLambda } from '../lib/config.ts';
import { createLog, type Log } from '../lib/log.ts';
import type { ApiKey, Clock, HttpClient, Queue, Random, Secret, Store } from '../lib/ports.ts';
import { reconcile } from '../lib/reconcile/reconcile.ts';
import { apiOrigin } from '../lib/twilio/api-origin.ts';
import { listConversations } from '../lib/twilio/conversations.ts';
import { createHttpClient } from '../lib/twilio/http-client.ts';
import { createMessages } from '../lib/twilio/messages.ts';
import { createTwilioApi } from '../lib/twilio/request.ts';

/** What is outside: AWS in Lambda, memory in the local world. */
export interface ReconcileOutside {
  readonly apiKey: Secret<ApiKey>;
  readonly store: Store;
  readonly queue: Queue;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Every five minutes: what the queue refused goes back to it, and messages are found whose webhook never came. */
export function createHandler(config: Config<'reconcile'>, outside: ReconcileOutside) {
  const api = createTwilioApi({ ...outside, origin: originOf(config) });
  const { list } = createMessages(api);
  return async (_event: ScheduledEvent, context: Pick<Context, 'getRemainingTimeInMillis'>) => {
    const found = await reconcile({
      ...outside,
      list,
      listConversations: (serviceSid, options) => listConversations(api, serviceSid, options),
      accountSid: config.TWILIO_ACCOUNT_SID,
      serviceSids: config.TWILIO_CHAT_SERVICE_SID,
      botAuthor: config.BOT_AUTHOR,
      remainingMs: () => context.getRemainingTimeInMillis(),
    });
    return { found };
  };
}

function originOf(config: Config<'reconcile'>): string {
  return apiOrigin({ url: config.TWILIO_API_URL, edge: config.TWILIO_EDGE, region: config.TWILIO_REGION });
}

function handlerInLambda() {
  const config = readConfig('reconcile');
  const clock = systemClock;
  const log = createLog({ level: config.LOG_LEVEL, now: clock.now });
  return createHandler(config, {
    apiKey: readApiKey(config.TWILIO_API_KEY_SECRET_ID ?? '', { clock, log }),
    store: createStore({ tableName: config.TABLE_NAME, clock }),
    queue: createQueue({ url: config.QUEUE_URL }),
    http: createHttpClient({ origin: originOf(config), clock }).send,
    clock,
    random: Math.random,
    log,
  });
}

export const handler = runsInLambda() ? handlerInLambda() : undefined;
