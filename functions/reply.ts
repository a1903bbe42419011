import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { handlers } from '../bot/handlers.generated.ts';
import { rules } from '../bot/rules.generated.ts';
import { createQueue } from '../lib/aws/queue.ts';
import { readApiKey } from '../lib/aws/secrets.ts';
import { createStore } from '../lib/aws/store.ts';
import { systemClock } from '../lib/clock.ts';
import { type Config, readConfig, runsInLambda } from '../lib/config.ts';
import type { Handlers } from '../lib/handlers/define-handlers.ts';
import { keepWordsIn } from '../lib/handlers/keep-words-in.ts';
import type { LeftErrors } from '../lib/handlers/left-errors.ts';
import type { Outside } from '../lib/handlers/outside.ts';
import { startHandlers } from '../lib/handlers/start-handlers.ts';
import { createReads } from '../lib/history/read-from-twilio.ts';
import { createLog, type Log } from '../lib/log.ts';
import type { ApiKey, Clock, HttpClient, Random, Secret, Store } from '../lib/ports.ts';
import { type BatchPorts, processBatch } from '../lib/queue/process-batch.ts';
import { type AnswerPorts, createAnswer } from '../lib/reply/answer.ts';
import { operatorSettings } from '../lib/reply/answer-settings.ts';
import { createCircuit } from '../lib/reply/circuit.ts';
import { prepareRules } from '../lib/rules/match/rule-index.ts';
import type { RuleBook } from '../lib/rules/types.ts';
import { answersAtAll } from '../lib/twilio/answers-at-all.ts';
import { apiOrigin } from '../lib/twilio/api-origin.ts';
import { findServiceSid } from '../lib/twilio/conversations.ts';
import { createHttpClient } from '../lib/twilio/http-client.ts';
import { createMessages } from '../lib/twilio/messages.ts';
import { addIdentity } from '../lib/twilio/participants.ts';
import { createTwilioApi } from '../lib/twilio/request.ts';
import { tagMessage } from '../lib/twilio/tag-message.ts';

/** What is outside: AWS in Lambda, memory in the local world. */
export interface ReplyOutside
  extends Pick<AnswerPorts, 'onDecision' | 'onSettled' | 'onFinished'>,
    Pick<BatchPorts, 'postpone' | 'queue' | 'onHandedBack'> {
  readonly apiKey: Secret<ApiKey>;
  readonly store: Store;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Instead of those compiled in: the local world reads them again when they change. */
  readonly rules?: RuleBook | undefined;
  /** Instead of those compiled in. */
  readonly handlers?: Handlers | undefined;
  /** What handlers ask; the whole world but this machine when absent. */
  readonly outside?: Outside | undefined;
  /** What holds errors that handlers leave. */
  readonly leftErrors?: LeftErrors | undefined;
}

/** The part of a Lambda context that is used here. */
type Invocation = Pick<Context, 'getRemainingTimeInMillis'> & Partial<Pick<Context, 'awsRequestId'>>;

/** A batch of events in, at most one reply a message out, what failed back to the queue. */
export function createHandler(config: Config<'reply'>, outside: ReplyOutside) {
  const { clock, random, log, postpone, queue, onHandedBack } = outside;
  const api = createTwilioApi({ ...outside, origin: originOf(config) });
  const messages = createMessages(api);
  const { create, fetch, list } = messages;
  const answer = createAnswer({
    ...outside,
    create,
    fetch,
    list,
    tag: (...asked) => tagMessage({ ...messages, now: clock.now }, ...asked),
    invite: (...asked) => addIdentity(api, ...asked),
    rules: outside.rules ?? rules,
    call: startHandlers?.({ ...outside, handlers: outside.handlers ?? handlers }),
    read: createReads(api),
    askService: (conversationSid) => findServiceSid(api, conversationSid, config.TWILIO_CHAT_SERVICE_SID),
    serviceSids: config.TWILIO_CHAT_SERVICE_SID,
    tableName: config.TABLE_NAME,
    answersAtAll: () => answersAtAll(api, config.TWILIO_CHAT_SERVICE_SID[0] ?? ''),
    circuit: createCircuit(clock),
    webhookEnabled: config.BOT_WEBHOOK_ENABLED,
    ...operatorSettings(config),
  });
  const ports = { answer, postpone, queue, random, log, onHandedBack };
  return ({ Records }: SQSEvent, context: Invocation): Promise<SQSBatchResponse> =>
    log.within({ requestId: context.awsRequestId }, () =>
      processBatch(Records, ports, () => context.getRemainingTimeInMillis()),
    );
}

function originOf(config: Config<'reply'>): string {
  return apiOrigin({ url: config.TWILIO_API_URL, edge: config.TWILIO_EDGE, region: config.TWILIO_REGION });
}

function handlerInLambda() {
  const config = readConfig('reply');
  const clock = systemClock;
  const log = createLog({ level: config.LOG_LEVEL, stage: config.STAGE, now: clock.now });
  const connections = createHttpClient({ origin: originOf(config), clock });
  connections.warmUp();
  prepareRules(rules);
  const queue = createQueue({ url: config.QUEUE_URL });
  const leftErrors = handlers && keepWordsIn?.(log, process, globalThis.console);
  return createHandler(config, {
    apiKey: readApiKey(config.TWILIO_API_KEY_SECRET_ID ?? '', { clock, log }),
    store: createStore({ tableName: config.TABLE_NAME, clock }),
    postpone: queue.postpone,
    queue,
    http: connections.send,
    clock,
    random: Math.random,
    log,
    leftErrors,
  });
}

export const handler = runsInLambda() ? handlerInLambda() : undefined;
