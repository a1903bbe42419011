import { describe, expect, it } from 'vitest';
import { countReply } from '../../lib/guards/budget.ts';
import { type ConversationRecord, NEW_CONVERSATION, shortKey } from '../../lib/record/conversation.ts';
import { forgottenConversation, forgottenEvent, forgottenRecord } from '../../lib/record/forgotten.ts';
import { type Finished, isReplayable, type MessageRecord } from '../../lib/record/message-record.ts';

const FORGOTTEN = { outcome: 'suppressed', reason: 'forgotten', at: 900 } as const;
const message = { kind: 'text', Body: 'Hello Ana' } as const;
const record: MessageRecord = {
  v: 2,
  eventType: 'onMessageAdded',
  receivedAt: 7,
  rule: 'hello',
  author: 'parley',
  offers: ['aaaaaaaa'],
  change: { values: { name: 'Ana' } },
  parts: [
    { message, state: 'sent', attempts: 1, replySid: 'IM1', replyIndex: 5 },
    { step: { kind: 'tag' }, state: 'waiting', attempts: 0 },
  ],
};

describe('what stays of a record when a person is forgotten', () => {
  it('is that what was in flight ended, and which messages were sent', () => {
    expect(forgottenRecord(record, 900)).toStrictEqual({
      v: 2,
      eventType: 'onMessageAdded',
      receivedAt: 7,
      parts: [
        { state: 'sent', attempts: 1, replySid: 'IM1', replyIndex: 5 },
        { step: { kind: 'tag' }, state: 'waiting', attempts: 0 },
      ],
      finished: FORGOTTEN,
    });
  });

  it.each<[string, Finished, Finished]>([
    ['that it was answered', { outcome: 'replied', at: 8 }, { outcome: 'replied', at: 8 }],
    [
      'that it was not, and no longer why',
      { outcome: 'suppressed', reason: 'stop_word', at: 8 },
      { outcome: 'suppressed', reason: 'forgotten', at: 8 },
    ],
    [
      'that it ended in no other way',
      { outcome: 'no_rule', at: 8 },
      { outcome: 'no_rule', reason: 'forgotten', at: 8 },
    ],
  ])('is %s', (_name, finished, kept) => {
    expect(forgottenRecord({ ...record, finished }, 900).finished).toStrictEqual(kept);
  });

  it('is that it was counted as set aside', () => {
    const finished = { outcome: 'quarantined', reason: 'rejected:50504', at: 8 } as const;
    expect(forgottenRecord({ ...record, finished, reported: true }, 900).reported).toBe(true);
    expect(forgottenRecord({ ...record, finished }, 900)).not.toHaveProperty('reported');
  });

  it('is, where there was none, that the event ended', () => {
    const ended = forgottenEvent('onMessageAdded', 900);
    expect(ended).toStrictEqual({
      v: 1,
      eventType: 'onMessageAdded',
      receivedAt: 900,
      parts: [],
      finished: FORGOTTEN,
    });
    expect(isReplayable(ended, 'r1')).toBe(false);
  });
});

describe('what stays of a conversation when a person is forgotten', () => {
  const quiet: ConversationRecord = {
    ...NEW_CONVERSATION,
    accounted: 4,
    own: [6, 7, 9],
    noted: ['a'],
    notedAt: [5],
    mutedUntil: 50,
    mutes: 2,
    byChannel: true,
    saidOff: { at: 1, own: 'eeeeeeee', all: '' },
    handover: { at: 1, until: 90, back: ['bot'] },
    givenBackAt: 0,
    personAt: 0,
    spoken: countReply(undefined, 3, false),
  };
  const of = { ended: ['onMessageAdded|IM7'], accounted: 7, at: 900 };

  it('is what keeps the bot from speaking, and what it has accounted for', () => {
    const said: ConversationRecord = {
      ...quiet,
      saidOff: { at: 1, own: 'eeeeeeee', all: 'ffffffff', rest: 'dddddddd', state: 'active' },
      quickTurns: 3,
      replies: [{ at: 1, key: 'k' }],
      repeated: { hash: 'bbbbbbbb', count: 2, at: 1 },
      offered: ['aaaaaaaa'],
      roles: [{ participantSid: 'MB1', roleSid: 'RL1', at: 1 }],
      memory: { values: { name: 'Ana' } },
      order: { values: { name: 4 } },
      activeIn: '2026-11-20T23',
      activeAt: 1,
    };
    expect(forgottenConversation(said, of)).toStrictEqual({
      ...quiet,
      accounted: 7,
      own: [9],
      noted: ['a', shortKey('onMessageAdded|IM7')],
      notedAt: [5, 900],
    });
  });

  it('never goes back in what it has accounted for', () => {
    expect(forgottenConversation(quiet, { ...of, accounted: 3 }).accounted).toBe(4);
  });

  it('is nothing that it did not hold', () => {
    const { noted: _, notedAt: __, ...before } = NEW_CONVERSATION;
    expect(forgottenConversation(before, of)).toStrictEqual({
      ...NEW_CONVERSATION,
      accounted: 7,
      noted: [shortKey('onMessageAdded|IM7')],
      notedAt: [900],
    });
  });
});
