import type { RequestHappening } from '../../../../emulator/index.ts';
import { hasFailed, nameReceipt } from '../../../../lib/twilio/delivery.ts';
import { describeCall, nameRules } from '../../../describe-decision.ts';
import { describeOutcome, type Tone, words } from '../model/describe-turn.ts';
import type { DecisionStep, PartStep, QueueTurnStep, Step, WebhookStep } from '../model/model.ts';
import { formatCount, formatLater } from '../ui/format.ts';
import type { IconName } from '../ui/icon-paths.ts';
import { nameFault } from '../world/fault-presets.ts';

export interface StepText {
  readonly icon: IconName;
  readonly tone: Tone;
  readonly title: string;
  readonly note: string;
}

/** A step in a few words. */
export function describeStep(step: Step): StepText {
  switch (step.kind) {
    case 'webhook':
      return { icon: 'webhook', title: `Webhook ${step.sent.event}`, ...describeWebhook(step) };
    case 'webhook-fault':
      return {
        icon: 'bolt',
        tone: 'warn',
        title: 'Fault: webhook',
        note: nameFault(step.fault).toLowerCase(),
      };
    case 'queue':
      return { icon: 'queue', ...describeQueue(step) };
    case 'decision':
      return { icon: 'decision', title: 'Decision', ...describeDecision(step) };
    case 'called':
      return {
        icon: 'play',
        title: `Call ${step.handler}`,
        tone: step.ended === 'returned' ? 'good' : 'bad',
        note: describeCall(step),
      };
    case 'request':
      return { icon: 'request', title: nameRequest(step.request), ...describeRequest(step.request) };
    case 'look':
      return {
        icon: 'clock',
        tone: 'plain',
        title: 'Reconciler',
        note: `looked for messages whose webhook never came: ${formatCount(step.requests.length, 'request')}`,
      };
    case 'reply':
      return { icon: 'reply', title: 'Reply', ...describeReply(step) };
    case 'part':
      return { icon: step.does === 'tag' ? 'tag' : 'person', ...describePart(step) };
    case 'finished': {
      const { tone, text } = describeOutcome(step.finished);
      return { icon: 'flag', tone, title: 'Done', note: text };
    }
    case 'log':
      return {
        icon: 'log',
        tone: step.line.level === 'error' ? 'bad' : step.line.level === 'warn' ? 'warn' : 'plain',
        title: 'Log',
        note: step.line.message,
      };
  }
}

type Told = Omit<StepText, 'icon' | 'title'>;

function describeWebhook({ sent, answered, reason, toBot }: WebhookStep): Told {
  const again = sent.attempt === 0 ? '' : `, retry ${sent.attempt}`;
  if (answered === undefined) return { tone: 'busy', note: `waits for an answer${again}` };
  if (answered.outcome !== 'answered') {
    return { tone: 'bad', note: `${OUTCOMES[answered.outcome]}${again}` };
  }
  const { status = 0 } = answered;
  if (status < 400) return { tone: 'good', note: `${status}${toBot ? ', signature verified' : ''}${again}` };
  return {
    tone: 'bad',
    note: `${status}, refused${reason === undefined ? '' : `: ${words(reason)}`}${again}`,
  };
}

const OUTCOMES = {
  timeout: 'no answer within five seconds',
  unreachable: 'nobody there',
  dropped: 'lost on the way',
} as const;

function describeQueue(step: QueueTurnStep): Omit<StepText, 'icon'> {
  const { change, at, deliveredAt, receiveCount, reason, seconds } = step;
  switch (change) {
    case 'queued':
      return deliveredAt === undefined
        ? { tone: 'busy', title: 'Queue', note: 'waits its turn' }
        : {
            tone: 'good',
            title: 'Queue',
            note: `handed over ${formatLater(deliveredAt - at).replace('+', 'after ')}`,
          };
    case 'repeated':
      return { tone: 'plain', title: 'Queue', note: 'dropped: it has had this event before' };
    case 'received':
      return { tone: 'plain', title: 'Queue', note: `handed over again, delivery ${receiveCount}` };
    case 'postponed':
      return {
        tone: 'warn',
        title: 'Handed back',
        note: `${words(reason ?? 'waits behind another')}; again in ${seconds ?? 0} s`,
      };
    case 'deleted':
      return { tone: 'plain', title: 'Queue', note: 'done with' };
  }
}

function describeDecision({ decision }: DecisionStep): Told {
  switch (decision.outcome) {
    case 'reply':
      return { tone: 'good', note: nameRules(decision) };
    case 'ignored':
      return { tone: 'plain', note: `rule ${decision.rule} says nothing, on purpose` };
    case 'suppressed':
      return { tone: 'plain', note: `not to be answered: ${words(decision.reason)}` };
    case 'no_rule':
      return { tone: 'plain', note: 'no rule matched' };
  }
}

function describePart({ does, what, refused }: PartStep): Omit<StepText, 'icon'> {
  const title = does === 'tag' ? 'Tag' : 'Invite';
  const of = what === undefined ? '' : `${what}: `;
  return refused === undefined
    ? { title, tone: 'good', note: `${of}done` }
    : { title, tone: 'bad', note: `${of}refused: ${words(refused)}` };
}

const REQUESTS: Readonly<Record<string, string>> = {
  'messages.create': 'Create message',
  'messages.list': 'List messages',
  'messages.fetch': 'Fetch message',
  'messages.update': 'Update message',
  'messages.delete': 'Delete message',
  'participants.fetch': 'Fetch participant',
  'participants.list': 'List participants',
  'participants.create': 'Add participant',
  'conversations.fetch': 'Fetch conversation',
};

function nameRequest({ operation, method, path }: RequestHappening): string {
  return REQUESTS[operation ?? ''] ?? operation ?? `${method} ${path}`;
}

function describeRequest({ transport, status, fault }: RequestHappening): Told {
  const why = fault === undefined ? '' : `, fault: ${fault}`;
  switch (transport) {
    case 'reset':
      return { tone: 'bad', note: `connection reset${why}` };
    case 'hang':
      return { tone: 'bad', note: `no answer${why}` };
    case 'drip':
    case 'answered':
      return {
        tone: status < 400 ? (fault === undefined ? 'good' : 'warn') : 'bad',
        note: `${status}${why}`,
      };
  }
}

function describeReply({ message }: Extract<Step, { kind: 'reply' }>): Told {
  const text = (message.body ?? message.media[0]?.content_type ?? '').split('\n')[0] ?? '';
  const said = text === '' ? message.sid : `“${text}”`;
  const receipts = [...message.receipts.values()];
  const failed = receipts.find(hasFailed);
  if (failed !== undefined) return { tone: 'bad', note: `${said}, ${nameReceipt(failed)}` };
  return { tone: 'good', note: [said, ...receipts.map(({ status }) => status)].join(', ') };
}
