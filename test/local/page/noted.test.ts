import { beforeEach, describe, expect, it } from 'vitest';
import type { NotedStep } from '../../../local/bot/bot-step.ts';
import { applyEvent } from '../../../local/page/app/model/apply-event.ts';
import { type Conversation, createModel, type Model } from '../../../local/page/app/model/model.ts';
import { partSteps } from '../../../local/page/app/model/part-steps.ts';
import { tellMemory } from '../../../local/page/app/model/tell-memory.ts';
import { tellSilence } from '../../../local/page/app/model/tell-silence.ts';
import { describeStep } from '../../../local/page/app/timeline/describe-step.ts';
import { formatAgo } from '../../../local/page/app/ui/format.ts';
import type { PageEvent } from '../../../local/page/page-event.ts';
import { messageAdded } from '../../rules/support.ts';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CH = messageAdded({ Body: '' }).ConversationSid;

let model: Model;

function tell(event: PageEvent, at = NOW): void {
  applyEvent(model, { ...event, at }, at);
}

const conversation = (): Conversation => {
  const found = model.conversations.get(CH);
  if (found === undefined) throw new Error('the model knows no such conversation');
  return found;
};

const note = (noted: NotedStep['conversation']) =>
  tell({ kind: 'noted', conversationSid: CH, conversation: noted });

const rules = (quietAfterPersonMs: number, waits = {}) =>
  tell({
    kind: 'rules',
    file: 'bot/rules.yaml',
    problems: [],
    notes: [],
    running: [],
    rules: [],
    timezone: 'UTC',
    waits,
    templates: {},
    quietAfterPersonMs,
  });

beforeEach(() => {
  model = createModel();
  tell({ kind: 'conversation', change: 'added', resource: { sid: CH, state: 'active' } });
  rules(8 * HOUR, { order: { ms: HOUR } });
});

const silence = (now: number) => tellSilence(model, conversation(), now);

describe('why the bot is quiet', () => {
  it('is nothing where nothing is noted', () => {
    expect(silence(NOW)).toBeUndefined();
    note({});
    expect(silence(NOW)).toBeUndefined();
  });

  it('is the rule that handed over, until the time is over', () => {
    const event = messageAdded({ Body: 'person', DateCreated: new Date(NOW).toISOString() });
    const actions = [{ kind: 'handover', forMs: HOUR, back: ['bot'], invite: [] }] as const;
    const shares = [
      { rule: 'hello', match: {}, actions: [] },
      { rule: 'person', match: {}, actions },
    ];
    const decision = { outcome: 'reply', rule: 'person', shares, once: [], language: 'en' } as const;
    tell({ kind: 'decision', event, decision: { ...decision, considered: [] } });
    note({ handover: { at: NOW, until: NOW + HOUR, back: ['bot'] } });
    const expected = { kind: 'handed over', until: NOW + HOUR, rule: 'person', back: ['bot'] };
    expect(silence(NOW + HOUR - 1)).toEqual(expected);
    expect(silence(NOW + HOUR)).toBeUndefined();
  });

  it('names no rule where the page did not see it decide', () => {
    note({ handover: { at: NOW, until: NOW + HOUR, back: [] } });
    expect(silence(NOW)).toMatchObject({ kind: 'handed over', rule: undefined });
  });

  it('when a saved state was put back is what the bot that begins with it has noted, told before its conversations', () => {
    const added = { kind: 'conversation', change: 'added', resource: { sid: CH, state: 'active' } } as const;
    note({ handover: { at: NOW, until: NOW + HOUR, back: ['bot'] } });
    tell({ kind: 'loaded' });
    expect(model.conversations.size).toBe(0);
    tell(added);
    expect(silence(NOW)).toBeUndefined();
    tell({ kind: 'loaded' });
    note({ handover: { at: NOW, until: NOW + HOUR, back: ['bot'] } });
    tell(added);
    expect(silence(NOW)).toMatchObject({ kind: 'handed over', back: ['bot'] });
  });

  it('is over once it was given back', () => {
    note({ handover: { at: NOW, until: NOW + HOUR, back: [] }, personAt: NOW, givenBackAt: NOW + 1 });
    expect(silence(NOW + MINUTE)).toBeUndefined();
  });

  it('is a person who wrote, for as long as the rules of now say', () => {
    const participant = { sid: 'MB1', conversation_sid: CH, identity: 'agent-dana', messaging_binding: null };
    tell({ kind: 'participant', change: 'added', resource: participant });
    const written = { conversation_sid: CH, author: 'agent-dana', participant_sid: 'MB1', attributes: '{}' };
    const date_created = new Date(NOW).toISOString();
    tell({ kind: 'message', change: 'added', resource: { ...written, sid: 'IM1', index: 0, date_created } });
    note({ personAt: NOW });
    expect(silence(NOW + MINUTE)).toEqual({
      kind: 'quiet',
      until: NOW + 8 * HOUR,
      wroteAt: NOW,
      person: 'agent-dana',
    });
    expect(silence(NOW + 8 * HOUR)).toBeUndefined();
    rules(0);
    expect(silence(NOW + MINUTE)).toBeUndefined();
  });
});

describe('what a conversation remembers', () => {
  const question = { rule: 'order', index: 3, at: NOW, misses: 1 };
  const values = { name: 'Ana' };
  const memory = (now: number) => tellMemory(model, conversation(), now);

  it('is its open question, until that is over or its rule is gone, and the values', () => {
    note({ memory: { question, values } });
    const open = { rule: 'order', until: NOW + HOUR, misses: 1 };
    expect(memory(NOW + HOUR)).toEqual({ question: open, values: [['name', 'Ana']] });
    expect(memory(NOW + HOUR + 1).question).toBeUndefined();
    rules(0);
    expect(memory(NOW).question).toBeUndefined();
  });

  it('is nothing a month after the customer’s last message', () => {
    note({ memory: { values, customerAt: NOW } });
    expect(memory(NOW + 31 * 24 * HOUR).values).toEqual([]);
  });
});

describe('what an answer did besides its messages', () => {
  const done = { state: 'sent', attempts: 1 } as const;
  const refused = { state: 'waiting', attempts: 1, refused: 'rejected:50433' } as const;

  it('is shown with its outcome, and with the words of the rules file', () => {
    const actions = [
      { kind: 'tag', attributes: { topic: ['refund'], urgent: ['1'] } },
      { kind: 'handover', forMs: HOUR, back: [], invite: ['agent-dana', 'agent-eve'] },
    ] as const;
    const shares = [{ rule: 'refund', match: {}, actions }];
    const decision = {
      outcome: 'reply',
      rule: 'refund',
      shares,
      once: [],
      language: 'en',
      considered: [],
    } as const;
    const parts = [
      { step: { kind: 'tag' }, ...done },
      done,
      { step: { kind: 'invite' }, ...done },
      { step: { kind: 'invite' }, ...refused },
    ] as const;
    const shown = partSteps({ parts }, decision, NOW).map((step) => {
      const { title, note: said, tone } = describeStep(step);
      return [title, said, tone];
    });
    expect(shown).toEqual([
      ['Tag', 'topic, urgent: done', 'good'],
      ['Invite', 'agent-dana: done', 'good'],
      ['Invite', 'agent-eve: refused: rejected:50433', 'bad'],
    ]);
  });

  it('is shown without them where the decision was not seen', () => {
    const [step] = partSteps({ parts: [{ step: { kind: 'tag' }, ...refused }] }, undefined, NOW);
    expect(step && describeStep(step).note).toBe('refused: rejected:50433');
  });
});

it.each([
  [0, 'just now'],
  [MINUTE, '1 minute ago'],
  [12 * MINUTE, '12 minutes ago'],
  [HOUR, '1 hour ago'],
  [47 * HOUR, '47 hours ago'],
  [72 * HOUR, '3 days ago'],
])('writes %d ms as %s', (ms, text) => {
  expect(formatAgo(ms)).toBe(text);
});
