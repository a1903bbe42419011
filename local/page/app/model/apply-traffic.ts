import type {
  Happening,
  RequestHappening,
  WebhookAnswered,
  WebhookSent,
} from '../../../../emulator/index.ts';
import { readMarker } from '../../../../lib/event/marker.ts';
import { hasBot, newestTurn, openTurn, turnOf } from './find-turn.ts';
import type { Model, Turn, WebhookStep } from './model.ts';

type At = { readonly at: number };

export function applyWebhook(model: Model, sent: WebhookSent & At): void {
  const toBot = hasBot(model);
  // What a receipt says stands with its message, and the bot only counts it.
  if (toBot && sent.event === 'onDeliveryUpdated') return;
  const turn = turnOf(model, Object.fromEntries(sent.params), sent.at);
  if (turn === undefined) return;
  const nothing = { answered: undefined, reason: undefined };
  const step: WebhookStep = { kind: 'webhook', at: sent.at, sent, toBot, ...nothing };
  turn.steps.push(step);
  model.unanswered.push(step);
}

export function applyAnswer(model: Model, answered: WebhookAnswered & At): void {
  const at = model.unanswered.findIndex(({ sent }) => sent.id === answered.id);
  const [step] = at === -1 ? [] : model.unanswered.splice(at, 1);
  if (step === undefined) return;
  step.answered = answered;
  if (step.reason === undefined && (answered.status ?? 0) >= 400) step.reason = model.refusal;
  model.refusal = undefined;
}

/** Only webhook faults: the others show on the request, or on the receipt, that they hit. */
export function applyFault(
  { newest }: Model,
  { change, fault, at }: Extract<Happening, { kind: 'fault' }> & At,
): void {
  if (change !== 'applied' || !fault.kind.startsWith('webhook-')) return;
  newest?.steps.push({ kind: 'webhook-fault', at, fault });
}

/**
 * The bot's requests: a write says what it answers, a read belongs to what the bot is at. Where there is no bot,
 * whoever asks is taken to be at the newest.
 */
export function applyRequest(model: Model, request: RequestHappening & At): void {
  if (hasBot(model) && !request.headers['user-agent']?.startsWith('parley/')) return;
  const steps = answeredBy(model, request)?.steps;
  const look = model.looks.indexOf(`${request.method} ${request.path}`);
  if (look !== -1) model.looks.splice(look, 1);
  if (steps === undefined) return;
  if (look !== -1) {
    applyLooked(steps, request);
    return;
  }
  const step = { kind: 'request', at: request.at, request } as const;
  // The service reports a message when it is written, and of the request when it has answered it.
  const last = steps.at(-1);
  const wrote =
    request.operation === 'messages.create' &&
    last?.kind === 'reply' &&
    last.message.attributes === (attributesOf(request) ?? '{}');
  steps.splice(wrote ? -1 : steps.length, 0, step);
}

/** It looks every minute, mostly in vain: one line holds all of it. */
function applyLooked(steps: Turn['steps'], request: RequestHappening & At): void {
  const looked = steps.find((step) => step.kind === 'look');
  if (looked === undefined) steps.push({ kind: 'look', at: request.at, requests: [request] });
  else looked.requests.push(request);
}

function answeredBy(model: Model, request: RequestHappening & At): Turn | undefined {
  const sid = /\/Conversations\/(CH\w+)/.exec(request.path)?.[1] ?? '';
  const conversation = model.conversations.get(sid);
  if (conversation === undefined) return undefined;
  const subject = readMarker(attributesOf(request))?.in_reply_to;
  if (subject !== undefined) return openTurn(conversation, subject, request.at);
  return hasBot(model) ? conversation.atWork : newestTurn(conversation);
}

function attributesOf({ form }: RequestHappening): string | undefined {
  return form.find(([name]) => name === 'Attributes')?.[1];
}
