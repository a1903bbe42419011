import type { Context } from 'aws-lambda';
import { rules } from '../bot/rules.generated.ts';
import { createQueue } from '../lib/aws/queue.ts';
import { readAuthTokens } from '../lib/aws/secrets.ts';
import { createStore } from '../lib/aws/store.ts';
import { systemClock } from '../lib/clock.ts';
import { type Config, readConfig, runsInLambda } from '../lib/config.ts';
import { createLog, type Log } from '../lib/log.ts';
import type { AuthTokens, Clock, Queue } from '../lib/ports.ts';
import { spoolingQueue } from '../lib/queue/spool.ts';
import { apiRequestId } from '../lib/receive/api-request-id.ts';
import { createReceive, type ReceiveOptions } from '../lib/receive/receive.ts';
import { markLoss } from '../lib/record/loss.ts';
import { answeredEvents } from '../lib/rules/answered-events.ts';
import type { RuleBook } from '../lib/rules/types.ts';

/** What is outside: AWS in Lambda, memory in the local world. */
export interface ReceiveOutside extends Pick<ReceiveOptions, 'onReceived' | 'markLoss'> {
  readonly authTokens: AuthTokens;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Log;
  /** Instead of those compiled in: the local world reads them again when they change. */
  readonly rules?: RuleBook | undefined;
}

/** Webhook in, event on the queue, 200 out. Takes what API Gateway, a Function URL or an ALB hands over. */
export function createHandler(config: Config<'receive'>, outside: ReceiveOutside) {
  const receive = createReceive({
    ...outside,
    accountSid: config.TWILIO_ACCOUNT_SID,
    serviceSids: config.TWILIO_CHAT_SERVICE_SID,
    publicUrls: config.PUBLIC_URL,
    wanted: answeredEvents(outside.rules ?? rules),
  });
  return (event: unknown, context?: Pick<Context, 'awsRequestId'>) => {
    const ids = { requestId: context?.awsRequestId, apiRequestId: apiRequestId(event) };
    return outside.log.within(ids, () => receive(event));
  };
}

function handlerInLambda() {
  const config = readConfig('receive');
  const clock = systemClock;
  const log = createLog({ level: config.LOG_LEVEL, stage: config.STAGE, now: clock.now });
  const store = createStore({ tableName: config.TABLE_NAME, clock, client: { maxAttempts: 1 } });
  return createHandler(config, {
    authTokens: readAuthTokens(config.TWILIO_AUTH_TOKEN_SECRET_ID ?? '', { clock, log }),
    // Two attempts of 1.1 s and one of the spool: Twilio waits five seconds, the function four.
    queue: spoolingQueue({
      queue: createQueue({ url: config.QUEUE_URL, client: { maxAttempts: 2 } }),
      store,
      clock,
      log,
    }),
    markLoss: (reason) => markLoss({ store, clock }, reason),
    clock,
    log,
  });
}

export const handler = runsInLambda() ? handlerInLambda() : undefined;
