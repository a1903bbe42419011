import type { Share } from '../lib/rules/types.ts';
import { describeReceipt } from '../lib/twilio/delivery.ts';
import { describeAction, describeCall, isMessageAction, wasAsked } from './describe-decision.ts';
import { drawMessage } from './draw-message.ts';
import type { SayResult } from './say-once.ts';

/** For scripts; the names are documented in docs/local-world.md. */
export function turnAsJson({
  inbound,
  decision,
  outcome,
  why,
  replies,
  steps,
  called,
  noted,
  requests,
}: SayResult) {
  return {
    inbound,
    decision: { ...decision, considered: decision.considered },
    outcome,
    ...(why === undefined ? {} : { why }),
    replies: replies.map(({ resource }) => resource),
    failures: replies.flatMap(({ resource, failures }) =>
      failures.map(({ status, errorCode }) => ({ messageSid: resource['sid'], status, errorCode })),
    ),
    steps: steps.map(({ step, refused }) => ({
      kind: step?.kind,
      ...(refused === undefined ? { outcome: 'done' } : { outcome: 'refused', reason: refused }),
    })),
    called,
    noted,
    requests: requests.map(({ method, path, headers, form, status }) => ({
      method,
      path,
      headers: { 'X-Twilio-Webhook-Enabled': headers['x-twilio-webhook-enabled'] ?? null },
      form: Object.fromEntries(form),
      status,
    })),
  };
}

/** For people, as their channel would show it. */
export function drawTurn(turn: SayResult): string {
  const { inbound, decision, outcome, why, replies } = turn;
  const rule = nameAnswerer(turn);
  const asked = decision.considered.filter(wasAsked);
  const unasked = decision.considered.length - asked.length;
  const lines = [
    ...block(String(inbound['author']), drawMessage(inbound, undefined)),
    '',
    ...block(decision.outcome === 'reply' ? rule : `${decision.outcome}: ${rule}`, [
      ...asked.map(({ rule, matched, why }) => `${matched ? '✓' : '·'} ${rule}: ${why}`),
      ...(unasked > 0 ? [`· ${unasked} more, not asked: the first match wins`] : []),
    ]),
  ];
  for (const { resource, content, failures } of replies) {
    const template = resource['content_sid'] ? ` (template ${String(resource['content_sid'])})` : '';
    lines.push('', ...block(`${String(resource['author'])}${template}`, drawMessage(resource, content)));
    for (const failure of failures) lines.push(`  Did not arrive: ${describeReceipt(failure)}`);
  }
  if (replies.length === 0) {
    lines.push('', `no reply: ${outcome.outcome}${outcome.reason ? ` (${outcome.reason})` : ''}`);
    if (why !== undefined) lines.push(`  ${why}`);
  }
  const done = drawSteps(turn);
  if (done.length > 0) lines.push('', ...done);
  return lines.join('\n');
}

function nameAnswerer({ decision, outcome }: SayResult): string {
  if (decision.outcome !== 'reply')
    return 'rule' in decision ? `rule "${decision.rule}"` : (outcome.reason ?? outcome.outcome);
  const { shares } = decision;
  return `${shares.length > 1 ? 'rules' : 'rule'} ${shares.map(({ rule }) => `"${rule}"`).join(', ')}`;
}

/** What the answer does besides its messages, under the names of the rules file, and what is open after it. */
function drawSteps({
  decision,
  outcome,
  steps,
  called,
  noted: { question, handover },
}: SayResult): readonly string[] {
  const shares = outcome.outcome === 'replied' && decision.outcome === 'reply' ? decision.shares : [];
  return [
    ...called.map((call) => `[call] ${call.handler} ${describeCall(call)}.`),
    ...shares.flatMap((share) => drawShare(share, handover?.until)),
    // A handler did that, or what stands for it where it fails: no rule says so.
    ...(handover && called.length > 0 && !shares.some(handsOver)
      ? [`[handover] Hands over to a person. The bot is quiet until ${minuteOf(handover.until)}.`]
      : []),
    ...steps.flatMap(({ step, refused }) =>
      refused === undefined ? [] : [`[${step?.kind}] Refused: ${refused}.`],
    ),
    ...(question ? [`[question] ${question.rule} is open until ${minuteOf(question.until)}.`] : []),
  ];
}

function handsOver({ actions }: Share): boolean {
  return actions.some(({ kind }) => kind === 'handover');
}

function drawShare(
  { actions, goesOnTo = [], continues }: Share,
  handedOverUntil: number | undefined,
): readonly string[] {
  return [
    ...actions.flatMap((action) => {
      if (isMessageAction(action) || action.kind === 'call') return [];
      const until = action.kind === 'handover' ? handedOverUntil : undefined;
      const end = until === undefined ? '' : ` The bot is quiet until ${minuteOf(until)}.`;
      return [`[${action.kind}] ${describeAction(action)}${end}`];
    }),
    ...goesOnTo.map((rule) => `[go_to] Goes on to ${rule}.`),
    ...(continues ? ['[continue] The rules below it decide as well.'] : []),
  ];
}

/** `2026-11-20 23:15 UTC` */
function minuteOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function block(title: string, lines: readonly string[]): readonly string[] {
  return [title, ...lines.map((line) => `  ${line}`)];
}
