import { drawMessage } from './draw-message.ts';
import type { SayResult } from './say-once.ts';

/** For scripts; the names are documented in docs/local-world.md. */
export function turnAsJson({ inbound, decision, outcome, why, replies, requests }: SayResult) {
  return {
    inbound,
    decision: { ...decision, considered: decision.considered },
    outcome,
    ...(why === undefined ? {} : { why }),
    replies: replies.map(({ resource }) => resource),
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
export function drawTurn({ inbound, decision, outcome, why, replies }: SayResult): string {
  const rule = 'rule' in decision ? `rule "${decision.rule}"` : (outcome.reason ?? outcome.outcome);
  const asked = decision.considered.filter(({ why }) => !why.startsWith('not asked'));
  const unasked = decision.considered.length - asked.length;
  const lines = [
    ...block(String(inbound['author']), drawMessage(inbound, undefined)),
    '',
    ...block(decision.outcome === 'reply' ? rule : `${decision.outcome}: ${rule}`, [
      ...asked.map(({ rule, matched, why }) => `${matched ? '✓' : '·'} ${rule}: ${why}`),
      ...(unasked > 0 ? [`· ${unasked} more, not asked: the first match wins`] : []),
    ]),
  ];
  for (const { resource, content } of replies) {
    const template = resource['content_sid'] ? ` (template ${String(resource['content_sid'])})` : '';
    lines.push('', ...block(`${String(resource['author'])}${template}`, drawMessage(resource, content)));
  }
  if (replies.length === 0) {
    lines.push('', `no reply: ${outcome.outcome}${outcome.reason ? ` (${outcome.reason})` : ''}`);
    if (why !== undefined) lines.push(`  ${why}`);
  }
  return lines.join('\n');
}

function block(title: string, lines: readonly string[]): readonly string[] {
  return [title, ...lines.map((line) => `  ${line}`)];
}
