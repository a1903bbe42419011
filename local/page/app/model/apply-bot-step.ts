import type { BotStep, QueueStep } from '../../../bot/bot-step.ts';
import { turnOf } from './find-turn.ts';
import type { Conversation, LogLine, Model, Turn } from './model.ts';

type At = { readonly at: number };

export function applyBotStep(model: Model, step: BotStep & At): void {
  if (step.kind === 'log') {
    applyLog(model, step.line, step.at);
    return;
  }
  const turn = turnOf(model, step.event, step.at);
  if (turn === undefined) return;
  const { at } = step;
  switch (step.kind) {
    case 'queue':
      applyQueue(model, turn, step);
      break;
    case 'decision':
      atWork(model, turn);
      turn.decision = step.decision;
      turn.steps.push({ kind: 'decision', at, event: step.event, decision: step.decision });
      break;
    case 'finished':
      if (step.record.finished === undefined) break;
      turn.finished = step.record.finished;
      turn.why = step.why;
      turn.steps.push({ kind: 'finished', at, finished: step.record.finished, why: step.why });
  }
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
  const reason = change === 'postponed' ? conversationOf(model, turn)?.handedBack : undefined;
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
  const conversation = conversationOf(model, turn);
  if (conversation !== undefined) conversation.atWork = turn;
}

function conversationOf(model: Model, { conversationSid }: Turn): Conversation | undefined {
  return model.conversations.get(conversationSid);
}

function applyLog(model: Model, line: string, at: number): void {
  const fields = parseLine(line);
  if (fields === undefined) return;
  const conversation = model.conversations.get(String(fields['conversationSid']));
  switch (fields.message) {
    case 'answered':
      break;
    case 'webhook':
      applyVerdict(model, fields);
      break;
    case 'handed back to the queue':
      if (conversation !== undefined) conversation.handedBack = String(fields['reason']);
      break;
    default:
      conversation?.atWork?.steps.push({ kind: 'log', at, line: fields });
  }
}

/** A webhook that was refused unread is named by nothing; its answer follows at once. */
function applyVerdict(model: Model, fields: LogLine): void {
  const reason = String(fields['reason']);
  const step = model.unanswered.findLast(
    ({ sent }) =>
      sent.event === fields['eventType'] &&
      sent.params.some(([name, value]) => name === 'ConversationSid' && value === fields['conversationSid']),
  );
  if (step === undefined) model.refusal = reason;
  else step.reason = reason;
}

/** Metrics are log lines too, without a message. */
function parseLine(line: string): LogLine | undefined {
  const fields = JSON.parse(line) as LogLine;
  return typeof fields.message === 'string' ? fields : undefined;
}
