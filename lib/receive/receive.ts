import { BotError } from '../errors.ts';
import { eventKey } from '../event/event-key.ts';
import type { ConversationEvent, EventName } from '../event/event-types.ts';
import type { FormParams } from '../event/form-params.ts';
import { addressOf } from '../event/subject.ts';
import type { Log, LogFields } from '../log.ts';
import type { AuthTokens, Clock, Queue } from '../ports.ts';
import { sealEnvelope } from '../queue/envelope.ts';
import { EnvelopeTooLargeError } from '../queue/envelope-errors.ts';
import { openWebhook } from '../webhook/open.ts';
import { signedUrls } from '../webhook/verify-signature.ts';
import { countReceipt } from './count-receipt.ts';
import { createExplainer } from './explain-refusal.ts';
import type { Received } from './received.ts';

export interface ReceiveOptions {
  readonly accountSid: string;
  /** The services this deployment answers for; at least one. */
  readonly serviceSids: readonly string[];
  /** The webhook's URL as configured at Twilio, and the one before while it moves. */
  readonly publicUrls: readonly string[];
  readonly authTokens: AuthTokens;
  readonly queue: Queue;
  /** The events somebody waits for; the others are acknowledged and dropped, after receipts are counted. */
  readonly wanted: ReadonlySet<EventName>;
  readonly log: Log;
  readonly clock: Clock;
  /** Leaves a sign that a webhook is lost, for the reconciler; its failure changes nothing. */
  readonly markLoss?: ((reason: string) => Promise<void>) | undefined;
  /** Tells whoever watches (the local world's page) what became of a webhook; must not throw. */
  readonly onReceived?: ((received: Received) => void) | undefined;
}

/** An answer that every front door takes. Its body tells nobody anything: the reason is in the metrics. */
export interface WebhookAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: '';
}

interface ReceiveResult extends Received {
  readonly code?: string | undefined;
  /** Why nobody we know signed it. */
  readonly explanation?: LogFields;
}

type Explain = ReturnType<typeof createExplainer>;

/**
 * @returns the handler of Twilio's webhooks: verify, parse, put on the queue, answer. Twilio waits five seconds and
 * by default never asks twice, so nothing else happens here. It never throws, and answers
 *
 * - 200 when the event is on the queue, or there is nothing to do: whatever a pre-action event asks about goes ahead;
 * - 400 when something is malformed, 405 when it is not a POST, 413 when it is too large, 415 when it is not a form;
 * - 403 when nobody we know signed it, it is not meant for us, or it was signed but has been cut up;
 * - 503 when the queue did not take it, or the auth tokens cannot be had.
 *
 * https://www.twilio.com/docs/conversations/conversations-webhooks
 */
export function createReceive(options: ReceiveOptions): (event: unknown) => Promise<WebhookAnswer> {
  const { log, clock } = options;
  const door = { urls: signedUrls(options.publicUrls), authTokens: options.authTokens };
  const explain = createExplainer(options);
  return async (httpEvent) => {
    const receivedAt = clock.now();
    const outcome = await receive(options, httpEvent, { door, explain, receivedAt });
    const { event, explanation, ...result } = outcome;
    log.count(`webhook_${result.outcome}`, result.reason);
    const ms = clock.now() - receivedAt;
    log[LEVELS[result.outcome]]('webhook', { ...result, ...explanation, ...(event && sidsOf(event)), ms });
    options.onReceived?.({ ...result, event });
    // By default Twilio does not call again.
    if (result.outcome === 'failed') await options.markLoss?.(result.reason).catch(() => undefined);
    const headers = result.status === 405 ? { headers: { allow: 'POST' } } : {};
    return { statusCode: result.status, ...headers, body: '' };
  };
}

const LEVELS = { accepted: 'info', ignored: 'debug', refused: 'warn', failed: 'error' } as const;

interface Arrival {
  readonly door: Parameters<typeof openWebhook>[1];
  readonly explain: Explain;
  readonly receivedAt: number;
}

async function receive(
  options: ReceiveOptions,
  httpEvent: unknown,
  { door, explain, receivedAt }: Arrival,
): Promise<ReceiveResult> {
  const opened = await openWebhook(httpEvent, door);
  switch (opened.kind) {
    case 'event':
      return takeIn(options, { ...opened, receivedAt });
    // Anything but 200 would keep the action from happening.
    case 'question':
      return ignored('pre_action');
    case 'unknown':
      return ignored('unknown_event');
    case 'failed':
      return failed(opened.reason, opened.error);
    case 'refused': {
      const { status, reason, params } = opened;
      if (params?.get('AccountSid')?.includes(options.accountSid))
        options.log.count('webhook_unverified', reason);
      const explanation = params === undefined ? {} : { explanation: explain(httpEvent, params) };
      return { ...refused(status, reason), ...explanation };
    }
  }
}

interface Verified {
  readonly event: ConversationEvent;
  readonly doubtful: boolean;
  readonly params: FormParams;
  readonly receivedAt: number;
}

/** The signature says it is Twilio; whether it is meant for this deployment it does not say. */
async function takeIn(options: ReceiveOptions, verified: Verified): Promise<ReceiveResult> {
  const { event } = verified;
  const { accountSid, serviceSids, wanted, log } = options;
  if (event.AccountSid !== accountSid) return refused(403, 'foreign_account', event);
  // Twilio leaves ChatServiceSid out of some events (older message events among them). With one service configured
  // it can only be that one; with several, whoever has a key for it asks Twilio (reply/find-service.ts).
  const serviceSid = event.ChatServiceSid ?? (serviceSids.length === 1 ? serviceSids[0] : undefined);
  if (serviceSid !== undefined && !serviceSids.includes(serviceSid)) {
    return refused(403, 'foreign_service', event);
  }
  const isReceipt = event.EventType === 'onDeliveryUpdated';
  const isWanted = wanted.has(event.EventType);
  const result = isWanted
    ? await enqueue(options, verified, serviceSid)
    : ignored(isReceipt ? 'receipt' : 'not_wanted', event);
  // What Twilio may send again, where it is set to, is counted then.
  if (isReceipt && result.status === 200) countReceipt(log, event);
  return result;
}

async function enqueue(
  { queue, log }: ReceiveOptions,
  verified: Verified,
  serviceSid: string | undefined,
): Promise<ReceiveResult> {
  const { event, doubtful, params, receivedAt } = verified;
  const groupId = addressOf(event)?.conversationSid;
  if (groupId === undefined) return ignored('no_conversation', event);
  try {
    // The reply side finds the service in the event, whether Twilio or we put it there.
    const service: FormParams = new Map(serviceSid === undefined ? [] : [['ChatServiceSid', [serviceSid]]]);
    const body = sealEnvelope(new Map([...params, ...service]), receivedAt, doubtful);
    await queue.send({ groupId, deduplicationId: eventKey(event), body });
  } catch (error) {
    if (error instanceof EnvelopeTooLargeError) return refused(413, 'envelope_too_large', event);
    return failed('queue', error, event);
  }
  if (doubtful) log.count('webhook_doubtful', event.EventType);
  if (serviceSid === undefined) log.count('webhook_without_service', event.EventType);
  return { outcome: 'accepted', status: 200, reason: event.EventType, event };
}

function ignored(reason: string, event?: ConversationEvent): ReceiveResult {
  return { outcome: 'ignored', status: 200, reason, event };
}

function refused(status: number, reason: string, event?: ConversationEvent): ReceiveResult {
  return { outcome: 'refused', status, reason, event };
}

function failed(reason: string, error: unknown, event?: ConversationEvent): ReceiveResult {
  const code = error instanceof BotError ? error.code : undefined;
  return { outcome: 'failed', status: 503, reason, code, event };
}

/** Nothing else of an event is ever logged. */
function sidsOf(event: ConversationEvent): LogFields {
  return {
    accountSid: event.AccountSid,
    eventType: event.EventType,
    serviceSid: event.ChatServiceSid,
    conversationSid: 'ConversationSid' in event ? event.ConversationSid : undefined,
    messageSid: 'MessageSid' in event ? event.MessageSid : undefined,
  };
}
