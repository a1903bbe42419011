import { beforeEach, describe, expect, it } from 'vitest';
import type { Finished } from '../../../lib/record/message-record.ts';
import type { Decision, ReplyDecision } from '../../../lib/rules/types.ts';
import { applyEvent } from '../../../local/page/app/model/apply-event.ts';
import { createModel, type Model } from '../../../local/page/app/model/model.ts';
import { explainNoBot, isOnlyDecided, tellOutcome } from '../../../local/page/app/model/tell-outcome.ts';
import type { PageEvent } from '../../../local/page/page-event.ts';
import { messageAdded } from '../../rules/support.ts';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const MINUTE = 60_000;
const event = messageAdded({ Body: 'hours' });
const CH = event.ConversationSid;

let model: Model;

function tell(told: PageEvent, at = NOW): void {
  applyEvent(model, { ...told, at }, at);
}

function say(sid: string, author: string, at: number): void {
  const message = { sid, conversation_sid: CH, author, participant_sid: 'MB1', body: 'x', attributes: '{}' };
  const resource = { ...message, date_created: new Date(at).toISOString() };
  tell({ kind: 'message', change: 'added', resource }, at);
}

beforeEach(() => {
  model = createModel();
  tell({ kind: 'conversation', change: 'added', resource: { sid: CH, state: 'active' } });
  const agent = { sid: 'MB9', conversation_sid: CH, identity: 'agent-dana', messaging_binding: null };
  tell({ kind: 'participant', change: 'added', resource: agent });
});

const answers = (...rules: readonly string[]): ReplyDecision => ({
  outcome: 'reply',
  rule: rules.at(-1) ?? '',
  shares: rules.map((rule) => ({ rule, match: {}, actions: [] })),
  once: [],
  language: 'en',
  considered: [],
});

/** What the page says of a message that was decided and ended so. */
function outcome(finished: Omit<Finished, 'at'>, decision?: Decision, why?: string, now = NOW) {
  if (decision !== undefined) tell({ kind: 'decision', event, decision });
  const record = { v: 1, eventType: 'onMessageAdded', receivedAt: 0, parts: [] } as const;
  tell({ kind: 'finished', event, why, record: { ...record, finished: { ...finished, at: NOW } } });
  const conversation = model.conversations.get(CH);
  const turn = conversation?.turns.get(event.MessageSid);
  if (conversation === undefined || turn === undefined) throw new Error('there is no such turn');
  return { ...tellOutcome(turn, conversation, now), onlyDecided: isOnlyDecided(turn) };
}

describe('the outcome, in words', () => {
  it.each([
    [['order'], 'good', 'Answered by rule order'],
    [['hello', 'order'], 'good', 'Answered by rules hello, order'],
    [['otherwise'], 'warn', 'Answered by otherwise'],
    [['otherwise.2'], 'warn', 'Answered by otherwise'],
    [['order-help.otherwise.1'], 'warn', 'Answered by the otherwise of rule order-help'],
    [['hello', 'otherwise'], 'warn', 'Answered by rule hello, then otherwise'],
  ])('of %j is %s: %s', (rules, tone, text) => {
    expect(outcome({ outcome: 'replied' }, answers(...rules))).toEqual({ tone, text, onlyDecided: false });
  });

  it('is no more than that where the page did not see it decided', () => {
    expect(outcome({ outcome: 'replied' })).toMatchObject({ tone: 'good', text: 'Answered' });
  });

  it('of what a dry run decided is what would have been', () => {
    expect(outcome({ outcome: 'suppressed', reason: 'dry_run' }, answers('order'), 'Dry.')).toEqual({
      tone: 'warn',
      text: 'Would be answered by rule order: the mode is dry-run',
      onlyDecided: true,
    });
  });

  it('of a message to which the bot kept quiet for a person is who wrote, and how long ago', () => {
    say('IM1', 'agent-dana', NOW - 12 * MINUTE);
    say(event.MessageSid, 'whatsapp:+15550100001', NOW);
    const suppressed = { outcome: 'suppressed', reason: 'person' } as const;
    expect(outcome(suppressed, undefined, 'A person has written.').text).toBe(
      'Not answered: agent-dana wrote 12 minutes ago, and the bot keeps quiet for a while.',
    );
  });

  it('of one that a person answered before the bot came to it is that person too', () => {
    say(event.MessageSid, 'whatsapp:+15550100001', NOW);
    say('IM2', 'agent-dana', NOW);
    const suppressed = { outcome: 'suppressed', reason: 'person' } as const;
    expect(outcome(suppressed, undefined, 'A person has written.', NOW + MINUTE).text).toContain(
      'agent-dana wrote 1 minute ago',
    );
  });

  it('of a message that nobody answers is why, and of another event that no rule is about it', () => {
    const unanswered = { outcome: 'no_rule' } as const;
    expect(outcome(unanswered, undefined, 'No rule matches.').text).toContain('Nothing said: no rule is for');
    say(event.MessageSid, 'whatsapp:+15550100001', NOW);
    expect(outcome(unanswered, undefined, 'No rule matches.').text).toBe('Not answered: No rule matches.');
  });
});

describe('a world whose rules have not been good since the start', () => {
  // Nothing stood under the message, and beside it that the webhook had failed.
  it('says so under the newest message, until they are', () => {
    const rules = {
      kind: 'rules',
      file: 'bot/rules.yaml',
      problems: [],
      notes: [],
      rules: [],
      waits: {},
    } as const;
    const read = { ...rules, quietAfterPersonMs: 0, timezone: 'UTC', templates: {} };
    tell({ ...read, running: [] });
    say('IM1', 'whatsapp:+15550100001', NOW);
    say('IM2', 'whatsapp:+15550100001', NOW);
    const conversation = model.conversations.get(CH);
    const explain = (sid: string) => conversation && explainNoBot(model, conversation, { sid });
    expect([explain('IM1'), explain('IM2')]).toEqual([
      undefined,
      'Not answered: bot/rules.yaml cannot be used.',
    ]);
    tell({ ...read, running: ['order'] });
    expect(explain('IM2')).toBeUndefined();
  });
});
