import { subjectOf } from '../../../../lib/event/subject.ts';
import type { BotStep, LookStep, NotedStep, QueueStep, ReceivedStep } from '../../../bot/bot-step.ts';
import { applyLog } from './apply-log.ts';
import { turnOf } from './find-turn.ts';
import type { Model, Turn } from './model.ts';
import { partSteps } from './part-steps.ts';

type At = { readonly at: number };

export function applyBotStep(model: Model, step: BotStep & At): void {
  if (step.kind === 'log') applyLog(model, step);
  else if (step.kind === 'received') applyReceived(model, step);
  else if (step.kind === 'noted') applyNoted(model, step);
  else if (step.kind === 'look') applyLook(model, step);
  else applyEventStep(model, step);
}

type EventStep = Exclude<BotStep, { kind: 'log' | 'received' | 'noted' | 'look' }>;

function applyEventStep(model: Model, step: EventStep & At): void {
  const turn = turnOf(model, step.event, step.at);
  if (turn === undefined) return;
  const { at } = step;
  switch (step.kind) {
    case 'queue':
      applyQueue(model, turn, step);
      break;
    case 'handed-back':
      turn.handedBack = step.reason;
      break;
    case 'decision':
      atWork(model, turn);
      turn.decision = step.decision;
      turn.steps.push({ kind: 'decision', at, event: step.event, decision: step.decision });
      break;
    case 'called': {
      const { handler, ended, ms } = step;
      turn.steps.push({ kind: 'called', at, handler, ended, ms });
      break;
    }
    case 'finished':
      if (step.record.finished === undefined) break;
      turn.finished = step.record.finished;
      turn.why = step.why;
      turn.steps.push(...partSteps(step.record, turn.decision, at));
      turn.steps.push({ kind: 'finished', at, finished: step.record.finished, why: step.why });
  }
}

function applyNoted(model: Model, { conversationSid, conversation }: NotedStep): void {
  model.noted.set(conversationSid, conversation);
  const noted = model.conversations.get(conversationSid);
  if (noted !== undefined) noted.noted = conversation;
}

/** As many as one look may ask for at once: what is never answered, as faults have it, is forgotten. */
const MAX_LOOKS = 100;

function applyLook({ looks }: Model, { method, path }: LookStep): void {
  looks.push(`${method} ${path}`);
  if (looks.length > MAX_LOOKS) looks.shift();
}

/** Why a webhook was taken in or not, told before it is answered. Refused unread it names nothing: its answer is next. */
function applyReceived(model: Model, { event, reason, status }: ReceivedStep): void {
  if (event === undefined) {
    if (status >= 400) model.refusal = reason;
    return;
  }
  const step = model.unanswered.findLast(
    ({ sent }) =>
      sent.event === event.EventType && subjectOf(Object.fromEntries(sent.params)) === subjectOf(event),
  );
  if (step !== undefined) step.reason = reason;
}

function applyQueue(model: Model, turn: Turn, step: QueueStep & At): void {
  const { change, receiveCount, deduplicationId, seconds, at } = step;
  if (change === 'received') atWork(model, turn);
  turn.working = change === 'queued' || change === 'received' || (change === 'repeated' && turn.working);
  turn.dueAt = change === 'postponed' ? at + (seconds ?? 0) * 1000 : undefined;
  // That it is gone from the queue says no more than that it is finished.
  if (change === 'deleted') return;
  const waiting = turn.steps.findLast((other) => other.kind === 'queue');
  if (change === 'received' && waiting?.change === 'queued' && waiting.deliveredAt === undefined) {
    waiting.deliveredAt = at;
    return;
  }
  const reason = change === 'postponed' ? turn.handedBack : undefined;
  turn.handedBack = undefined;
  const deliveredAt = undefined;
  turn.steps.push({
    kind: 'queue',
    at,
    change,
    receiveCount,
    deliveredAt,
    deduplicationId,
    seconds,
    reason,
  });
}

function atWork(model: Model, turn: Turn): void {
  const conversation = model.conversations.get(turn.conversationSid);
  if (conversation !== undefined) conversation.atWork = turn;
}
