import { beforeEach, describe, expect, it } from 'vitest';
import type { Finished } from '../../../lib/record/message-record.ts';
import type { NotedStep } from '../../../local/bot/bot-step.ts';
import { applyEvent } from '../../../local/page/app/model/apply-event.ts';
import { createModel, type Model } from '../../../local/page/app/model/model.ts';
import { tellHelp } from '../../../local/page/app/model/tell-help.ts';
import type { PageEvent } from '../../../local/page/page-event.ts';
import { messageAdded } from '../../rules/support.ts';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const MINUTE = 60_000;
const event = messageAdded({ Body: 'hours' });
const { ConversationSid: CH, MessageSid, Author } = event;
const ASK = { does: 'write', author: Author, body: 'hours' };

let model: Model;

function tell(told: PageEvent, at = NOW): void {
  applyEvent(model, { ...told, at }, at);
}

function say(sid: string, author: string, body: string | null = 'hours', fields = {}): void {
  const message = { sid, conversation_sid: CH, author, participant_sid: 'MB1', body, attributes: '{}' };
  const resource = { ...message, date_created: new Date(NOW).toISOString(), ...fields };
  tell({ kind: 'message', change: 'added', resource });
}

function join(type: string): void {
  const binding = { type, address: Author };
  const resource = { sid: 'MB1', conversation_sid: CH, identity: null, messaging_binding: binding };
  tell({ kind: 'participant', change: 'added', resource });
}

function finish(finished: Omit<Finished, 'at'>): void {
  const record = { v: 1, eventType: 'onMessageAdded', receivedAt: 0, parts: [] } as const;
  tell({ kind: 'finished', event, why: 'Why.', record: { ...record, finished: { ...finished, at: NOW } } });
}

const suppress = (reason: string) => finish({ outcome: 'suppressed', reason });

const note = (conversation: NotedStep['conversation']) =>
  tell({ kind: 'noted', conversationSid: CH, conversation });

function help(now = NOW, sid: string = MessageSid) {
  const conversation = model.conversations.get(CH);
  const message = conversation?.messages.get(sid);
  if (conversation === undefined || message === undefined) throw new Error('there is no such message');
  return tellHelp(model, conversation, message, now);
}

beforeEach(() => {
  model = createModel();
  tell({ kind: 'conversation', change: 'added', resource: { sid: CH, state: 'active' } });
  say(MessageSid, Author);
});

describe('what helps a message that was not answered', () => {
  it.each([
    ['budget_minute', 61_000, 'Move the clock on by 61 seconds and ask again'],
    ['budget_taps', 61_000, 'Move the clock on by 61 seconds and ask again'],
    ['budget_hour', 62 * MINUTE, 'Move the clock on by 62 minutes and ask again'],
    ['budget_day', 25 * 60 * MINUTE, 'Move the clock on by 25 hours and ask again'],
    ['repeated_text', 10 * MINUTE, 'Move the clock on by 10 minutes and ask again'],
  ])('for %s, until it is over, is to move the clock', (reason, ms, title) => {
    suppress(reason);
    expect(help()).toEqual({ title, steps: [{ does: 'move', ms }, ASK] });
    expect(help(NOW + ms)).toEqual({ title: 'Ask again', steps: [ASK] });
  });

  it('while the bot is muted is to move the clock to the end of that', () => {
    suppress('muted');
    expect(help()).toBeUndefined();
    note({ mutedUntil: NOW + MINUTE });
    expect(help()?.steps).toEqual([{ does: 'move', ms: MINUTE }, ASK]);
  });

  // The button led to the next reason to keep quiet.
  it('while the bot is muted is to move it further where the same was said three times, which is quiet for longer', () => {
    const sids = [1, 2].map((at) => `IM${'0'.repeat(31)}${at}`);
    for (const sid of sids) say(sid, Author);
    const last = sids.at(-1) ?? '';
    const again = messageAdded({ MessageSid: last, Body: 'hours' });
    const finished = { outcome: 'suppressed', reason: 'muted', at: NOW } as const;
    const record = { v: 1, eventType: 'onMessageAdded', receivedAt: 0, parts: [], finished } as const;
    tell({ kind: 'finished', event: again, why: 'Why.', record });
    note({ mutedUntil: NOW + MINUTE });
    expect(help(NOW, last)?.steps).toEqual([{ does: 'move', ms: 10 * MINUTE }, ASK]);
  });

  it('in a conversation that is a person’s is to give it back, unless it is not theirs any more', () => {
    suppress('handed_over');
    note({ handover: { at: NOW, until: NOW + MINUTE, back: [] } });
    expect(help()).toEqual({ title: 'Give back and ask again', steps: [{ does: 'give back' }, ASK] });
    expect(help(NOW + MINUTE)).toEqual({ title: 'Ask again', steps: [ASK] });
  });

  it('is to ask again where it was too old or an error set it aside', () => {
    finish({ outcome: 'stale' });
    expect(help()?.steps).toEqual([ASK]);
    finish({ outcome: 'quarantined', reason: 'rate_limited' });
    expect(help()?.steps).toEqual([ASK]);
  });

  it('after a STOP by SMS is START, and on WhatsApp nothing', () => {
    suppress('opt_out_word');
    join('whatsapp');
    expect(help()).toBeUndefined();
    join('sms');
    const steps = [{ does: 'write', author: Author, body: 'START' }];
    expect(help()).toEqual({ title: 'Allow messages with START', steps });
  });

  it.each(['not_a_customer', 'dry_run', 'off', 'ignored', 'own_author'])('for %s is nothing', (reason) => {
    suppress(reason);
    expect(help()).toBeUndefined();
  });

  it('while it waits in the queue is to move the clock to when it comes again', () => {
    const queue = {
      kind: 'queue',
      change: 'postponed',
      event,
      deduplicationId: '',
      receiveCount: 1,
    } as const;
    tell({ ...queue, seconds: 45 });
    expect(help()).toEqual({
      title: 'Move the clock on by 45 seconds',
      steps: [{ does: 'move', ms: 45_000 }],
    });
  });

  it('is nothing before it is finished, nor once its author has written again', () => {
    expect(help()).toBeUndefined();
    finish({ outcome: 'stale' });
    say('IM9', Author);
    expect(help()).toBeUndefined();
  });

  it('does not send a file again, which is not kept', () => {
    say('IM9', Author, 'look', {
      media: [{ sid: 'ME1', content_type: 'image/png', filename: null, size: 1 }],
    });
    const record = { v: 1, eventType: 'onMessageAdded', receivedAt: 0, parts: [] } as const;
    const finished = { outcome: 'suppressed', reason: 'budget_minute', at: NOW } as const;
    tell({
      kind: 'finished',
      event: { ...event, MessageSid: 'IM9' },
      why: 'Why.',
      record: { ...record, finished },
    });
    expect(help(NOW, 'IM9')?.steps).toEqual([{ does: 'move', ms: 61_000 }]);
  });
});

describe('what helps a reply that did not arrive', () => {
  const fail = (code: number) => {
    const receipt = { sid: 'DY1', conversation_sid: CH, message_sid: 'IM2', status: 'failed' };
    tell({ kind: 'receipt', change: 'added', resource: { ...receipt, error_code: code } });
  };

  it('after a STOP is START, and to ask again', () => {
    tell({ kind: 'hello', accountSid: 'AC1', serviceSid: 'IS1', botAuthor: 'parley' });
    tell({ kind: 'conversation', change: 'added', resource: { sid: CH, state: 'active' } });
    say(MessageSid, Author);
    const marker = { parley: { v: 1, in_reply_to: MessageSid, part: '1/1' } };
    say('IM2', 'parley', 'Open.', { participant_sid: null, attributes: JSON.stringify(marker) });
    fail(30008);
    expect(help(NOW, 'IM2')).toBeUndefined();
    fail(21610);
    expect(help(NOW, 'IM2')?.steps).toEqual([{ does: 'write', author: Author, body: 'START' }, ASK]);
  });
});
