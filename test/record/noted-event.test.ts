import { describe, expect, it } from 'vitest';
import { hashTitles } from '../../lib/guards/tap.ts';
import type { MessageRecord, Replay } from '../../lib/record/message-record.ts';
import { notedEvent } from '../../lib/record/noted-event.ts';
import { saidOff } from '../../lib/record/said-off.ts';
import { hashText } from '../../lib/text/hash-text.ts';
import { OPEN } from '../guards/asked.ts';
import { conversationAdded, messageAdded, participantAdded } from '../rules/support.ts';

const CUSTOMER = { before: OPEN, who: 'customer', optOut: { words: [] } } as const;
const unanswered: MessageRecord = { v: 1, eventType: 'onMessageAdded', receivedAt: 7, parts: [] };
const answered: MessageRecord = {
  ...unanswered,
  offers: ['aaaaaaaa'],
  parts: [
    { state: 'sent', sendingSince: 100, attempts: 1, replySid: 'IM1', replyIndex: 5 },
    { state: 'sent', sendingSince: 200, attempts: 1, replySid: 'IM2', replyIndex: 6 },
    { state: 'waiting', attempts: 0 },
  ],
};

describe('what is noted of an event', () => {
  it('is of an answered message all that its conversation counts by', () => {
    const event = messageAdded({ Index: 4, Body: 'Hello!' });
    expect(notedEvent(event, 'key', answered, CUSTOMER)).toStrictEqual({
      key: 'key',
      index: 4,
      at: Date.parse(event.DateCreated),
      who: 'customer',
      subject: event.ParticipantSid,
      byChannel: true,
      textHash: hashText('hello'),
      tap: false,
      replied: true,
      replyIndexes: [5, 6],
      offers: ['aaaaaaaa'],
      sentAt: 100,
    });
  });

  it('is of an event that is not a message, and was not answered, neither index nor text nor time of sending', () => {
    const event = participantAdded({ Identity: 'ana' });
    const role = { participantSid: event.ParticipantSid, roleSid: null };
    expect(notedEvent(event, 'key', unanswered, { ...CUSTOMER, role })).toStrictEqual({
      key: 'key',
      at: Date.parse(event.DateCreated ?? ''),
      who: 'customer',
      role,
      subject: event.ParticipantSid,
      byChannel: false,
      textHash: '',
      tap: false,
      replied: false,
      replyIndexes: [],
      offers: [],
    });
  });

  it('is of a conversation that began nobody’s', () => {
    expect(notedEvent(conversationAdded(), 'key', unanswered, CUSTOMER)).not.toHaveProperty('subject');
  });

  it('counts of an answer its messages alone: a tag is seen by nobody, and silence is no turn', () => {
    const step = { step: { kind: 'tag' }, state: 'sent', sendingSince: 50, attempts: 1 } as const;
    const noted = (parts: MessageRecord['parts']) =>
      notedEvent(messageAdded(), 'key', { ...unanswered, v: 2, parts }, CUSTOMER);
    expect(noted([step, ...answered.parts])).toMatchObject({
      replied: true,
      replyIndexes: [5, 6],
      sentAt: 100,
    });
    expect(noted([step])).toMatchObject({ replied: false, replyIndexes: [] });
    expect(noted([step]).sentAt).toBeUndefined();
  });

  it('says that somebody came by a channel only where the event says so', () => {
    const { Source: _, ...readBack } = messageAdded({ Author: '55512' });
    expect(notedEvent(readBack, 'key', unanswered, CUSTOMER).byChannel).toBe(false);
    const sms = messageAdded({ Author: '55512', Source: 'SMS' });
    expect(notedEvent(sms, 'key', unanswered, CUSTOMER).byChannel).toBe(true);
  });

  it('says that a customer wrote a stop word, one of the rules included, and of nobody else', () => {
    const stop = (Body: string, who: 'customer' | 'person' = 'customer') =>
      notedEvent(messageAdded({ Body }), 'k', unanswered, { ...CUSTOMER, who, optOut: { words: ['baja'] } })
        .isStopWord;
    expect([stop('Stop!'), stop('BAJA'), stop('stop it'), stop('stop', 'person')]).toEqual([
      true,
      true,
      undefined,
      undefined,
    ]);
  });

  it('says that a customer came back to the bot by a word of the handover, while it lasts', () => {
    const event = messageAdded({ Body: '"Bot"!' });
    const at = Date.parse(event.DateCreated);
    const back = (over: object, who: 'customer' | 'person' = 'customer') => {
      const handover = { at: at - 1, until: at + 1, back: ['bot'], ...over };
      return notedEvent(event, 'k', unanswered, { ...CUSTOMER, who, before: { ...OPEN, handover } })
        .givesBackAt;
    };
    expect(back({})).toBe(at);
    expect([back({ until: at }), back({ back: ['menu'] }), back({ at: at + 1 }), back({}, 'person')]).toEqual(
      [undefined, undefined, undefined, undefined],
    );
  });

  // It was taken for the word back, and yet is the keyword of a rule.
  it('is no way back by a keyword that is the word only without its accents', () => {
    const back = (Body: string) => {
      const event = messageAdded({ Body });
      const at = Date.parse(event.DateCreated);
      const handover = { at: at - 1, until: at + 1, back: ['para'], keywords: ['para'] };
      return notedEvent(event, 'k', unanswered, { ...CUSTOMER, before: { ...OPEN, handover } }).givesBackAt;
    };
    expect(back('Para!')).toBeUndefined();
    expect(back('pará')).toBeDefined();
  });

  it('is what its answer changes, and what a program asks or somebody gave back', () => {
    const change = { once: ['a'] };
    const finished = { outcome: 'replied', at: 300 } as const;
    const noted = notedEvent(
      messageAdded(),
      'k',
      { ...answered, change, finished },
      { ...CUSTOMER, asks: 'q', givesBackAt: 7 },
    );
    expect(noted).toMatchObject({ change, endedAt: 300, asks: 'q', givesBackAt: 7 });
  });

  it('is of a change of the conversation what that says of itself, by event or as it was read', () => {
    const Attributes = { parley: { handover: 'off' } };
    const updated = { ...conversationAdded({ Attributes }), EventType: 'onConversationUpdated' } as const;
    const noted = notedEvent(updated, 'k', unanswered, CUSTOMER);
    expect(noted.saidOff).toEqual(saidOff(updated, unanswered.receivedAt));
    expect(noted).not.toHaveProperty('stateTo');
    const said = saidOff(updated, 9);
    expect(notedEvent(messageAdded(), 'k', unanswered, { ...CUSTOMER, said }).saidOff).toEqual(said);
    expect(notedEvent(messageAdded(), 'k', unanswered, CUSTOMER)).not.toHaveProperty('saidOff');
  });

  it('is of its state the one that it has from now on', () => {
    const changed = {
      ...conversationAdded(),
      EventType: 'onConversationStateUpdated',
      StateUpdated: '2026-11-20T22:30:00.000Z',
      StateFrom: 'inactive',
      StateTo: 'active',
      Reason: 'EVENT',
    } as const;
    const noted = notedEvent(changed, 'k', unanswered, CUSTOMER);
    expect(noted.stateTo).toBe('active');
    expect(noted).not.toHaveProperty('saidOff');
    expect(notedEvent(messageAdded(), 'k', unanswered, CUSTOMER)).not.toHaveProperty('stateTo');
  });

  // Cause: a build from before there was a memory finishes an answer without taking its change out of the record.
  it.each([
    ['quarantined', 'rejected:50504'],
    ['suppressed', 'person'],
    ['suppressed', 'off'],
    ['stale', undefined],
  ] as const)('is nothing of what an answer would have changed that ended %s, %s', (outcome, reason) => {
    const finished = { outcome, at: 300, ...(reason && { reason }) };
    const record = { ...unanswered, change: { question: { opens: 'ask' } }, finished };
    expect(notedEvent(messageAdded(), 'k', record, CUSTOMER)).not.toHaveProperty('change');
  });

  it.each([
    ['no_rule', undefined],
    ['suppressed', 'ignored'],
  ] as const)('is the language that was read where the rules said nothing: %s, %s', (outcome, reason) => {
    const finished = { outcome, at: 300, ...(reason && { reason }) };
    const change = { language: { of: 'MB1', language: 'de', at: 7 } };
    expect(notedEvent(messageAdded(), 'k', { ...unanswered, change, finished }, CUSTOMER)).toMatchObject({
      change,
    });
  });

  it('is, decided anew, another event of the same key, and no other turn where it had ended before', () => {
    const was = { outcome: 'stale', at: 200 } as const;
    const again = (...replays: readonly Replay[]) =>
      notedEvent(messageAdded(), 'k', { ...answered, v: 3, replays }, CUSTOMER);
    expect(again({ id: 'r1', was })).toMatchObject({ key: 'k|r1', isReplayed: true });
    expect(again({ id: 'r1', was }, { id: 'r2', was })).toMatchObject({ key: 'k|r2', isReplayed: true });
    expect(again({ id: 'r1' }).key).toBe('k|r1');
    expect(again({ id: 'r1' })).not.toHaveProperty('isReplayed');
  });

  it('says whether it is a tap on what was offered before it', () => {
    const before = { ...OPEN, offered: hashTitles(['Opening hours']) };
    const tap = (Body: string) =>
      notedEvent(messageAdded({ Body }), 'k', answered, { ...CUSTOMER, before }).tap;
    expect([tap('opening hours'), tap('refund')]).toEqual([true, false]);
  });
});
