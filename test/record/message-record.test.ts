import { describe, expect, it } from 'vitest';
import {
  eraseChange,
  type Finished,
  finish,
  finishedRecord,
  isBegun,
  isFirst,
  isOver,
  isReplayable,
  letAnswer,
  type MessageRecord,
  messageParts,
  nextPart,
  noteIndex,
  placeOf,
  planRecord,
  releasePart,
  replayRecord,
  sentPart,
  startPart,
  stepDone,
  stepRefused,
} from '../../lib/record/message-record.ts';

const origin = { eventType: 'onMessageAdded', receivedAt: 7 };
const first = { kind: 'text', Body: 'first' } as const;
const second = { kind: 'text', Body: 'second' } as const;
const planned = planRecord(origin, 'two', [first, second]);
const waiting = (message: typeof first | typeof second) => ({ message, state: 'waiting', attempts: 0 });

describe('a record', () => {
  it('begins as a plan whose parts wait', () => {
    expect(planned).toStrictEqual({ v: 1, ...origin, rule: 'two', parts: [waiting(first), waiting(second)] });
    expect(nextPart(planned)).toBe(0);
  });

  it('keeps what its messages offer to tap', () => {
    expect(planRecord(origin, 'two', [first], ['a', 'b']).offers).toEqual(['a', 'b']);
  });

  it('keeps the name under which it is sent, and what was the newest message before', () => {
    const record = noteIndex(planRecord({ ...origin, author: 'parley' }, 'two', [first]), 7);
    expect(record).toStrictEqual({
      v: 1,
      ...origin,
      author: 'parley',
      rule: 'two',
      parts: [waiting(first)],
      afterIndex: 7,
    });
  });

  it('is begun as soon as anything of it may have been sent', () => {
    const started = startPart(planned, 0, 100);
    expect([planned, started, releasePart(started, 0)].map(isBegun)).toEqual([false, true, false]);
    expect(isBegun(sentPart(started, 0, { sid: 'IM1', index: 3 }, 110))).toBe(true);
  });

  it('may be finished from the start, by a rule or by none', () => {
    const finished = { outcome: 'suppressed', reason: 'muted', at: 9 } as const;
    expect(finishedRecord(origin, finished, 'two')).toEqual({
      v: 1,
      ...origin,
      rule: 'two',
      parts: [],
      finished,
    });
    expect(finishedRecord(origin, finished)).toStrictEqual({ v: 1, ...origin, parts: [], finished });
  });

  it('says when a part is being sent and how often that was begun, and leaves the others alone', () => {
    const once = startPart(planned, 0, 100);
    expect(once.parts).toEqual([
      { message: first, state: 'sending', sendingSince: 100, attempts: 1 },
      waiting(second),
    ]);
    expect(startPart(once, 0, 200).parts[0]).toEqual({
      message: first,
      state: 'sending',
      sendingSince: 200,
      attempts: 2,
    });
    expect(nextPart(once)).toBe(0);
  });

  it('forgets a send that provably was none, and counts it all the same', () => {
    const released = releasePart(startPart(planned, 1, 100), 1);
    expect(released.parts).toStrictEqual([waiting(first), { ...waiting(second), attempts: 1 }]);
  });

  it('keeps its words until the last part is sent, and not longer', () => {
    const half = sentPart(startPart(planned, 0, 100), 0, { sid: 'IM1', index: 3 }, 110);
    expect(half.finished).toBeUndefined();
    expect(half.parts).toEqual([
      {
        message: first,
        state: 'sent',
        sendingSince: 100,
        attempts: 1,
        replySid: 'IM1',
        replyIndex: 3,
        sentAt: 110,
      },
      waiting(second),
    ]);
    expect(nextPart(half)).toBe(1);

    const whole = sentPart(startPart(half, 1, 120), 1, { sid: 'IM2', index: 4 }, 130);
    expect(whole).toStrictEqual({
      v: 1,
      ...origin,
      rule: 'two',
      parts: [
        { state: 'sent', sendingSince: 100, attempts: 1, replySid: 'IM1', replyIndex: 3, sentAt: 110 },
        { state: 'sent', sendingSince: 120, attempts: 1, replySid: 'IM2', replyIndex: 4, sentAt: 130 },
      ],
      finished: { outcome: 'replied', at: 130 },
    });
    expect(nextPart(whole)).toBe(-1);
  });

  it('holds what its answer changes until that is noted, and only where it was answered', () => {
    const change = { once: ['k'] };
    const plan = (changes?: typeof change) => planRecord(origin, 'one', [first], [], changes);
    expect(plan(change)).toStrictEqual({ ...plan(), change });
    const sent = (record: MessageRecord) =>
      sentPart(startPart(record, 0, 100), 0, { sid: 'IM1', index: 3 }, 110);
    expect(sent(plan(change))).toStrictEqual({ ...sent(plan()), change });
    expect(eraseChange(sent(plan(change)))).toStrictEqual(sent(plan()));
    const muted = { outcome: 'suppressed', reason: 'muted', at: 9 } as const;
    expect(finish(plan(change), muted)).toStrictEqual(finish(plan(), muted));
  });

  it('may be finished half sent, and then says which half', () => {
    const half = sentPart(startPart(planned, 0, 100), 0, { sid: 'IM1', index: 3 }, 110);
    const refused = finish(half, { outcome: 'quarantined', reason: 'rejected:50504', at: 140 });
    expect(refused.finished).toEqual({ outcome: 'quarantined', reason: 'rejected:50504', at: 140 });
    expect(refused.parts.map(({ state, replySid }) => [state, replySid])).toEqual([
      ['sent', 'IM1'],
      ['waiting', undefined],
    ]);
    expect(JSON.stringify(refused)).not.toMatch(/first|second/);
  });

  it('is never changed in place', () => {
    const before = structuredClone(planned);
    const steps: readonly ((record: MessageRecord) => MessageRecord)[] = [
      (record) => startPart(record, 0, 1),
      (record) => releasePart(record, 0),
      (record) => sentPart(record, 0, { sid: 'IM1', index: 1 }, 2),
      (record) => stepDone(record, 0, 2),
      (record) => stepRefused(record, 0, 'rejected', 2),
      (record) => finish(record, { outcome: 'stale', at: 3 }),
    ];
    for (const step of steps) step(planned);
    expect(planned).toEqual(before);
  });
});

describe('a record of an answer with steps that are no messages', () => {
  const tag = { kind: 'tag', attributes: { topic: 'refund' } } as const;
  const dana = { kind: 'invite', identity: 'dana' } as const;
  const mixed = planRecord(origin, 'help', [tag, first, dana, second]);

  it('is of version 2, which version 1 leaves alone; all others stay of version 1', () => {
    expect(mixed).toStrictEqual({
      v: 2,
      ...origin,
      rule: 'help',
      parts: [
        { step: tag, state: 'waiting', attempts: 0 },
        waiting(first),
        { step: dana, state: 'waiting', attempts: 0 },
        waiting(second),
      ],
    });
    expect([planned.v, planRecord(origin, 'help', []).v]).toEqual([1, 1]);
  });

  it('counts its messages alone where it says which part of the answer one is', () => {
    expect(messageParts(mixed)).toEqual([waiting(first), waiting(second)]);
    expect([placeOf(mixed, 1), placeOf(mixed, 3)]).toEqual([
      { index: 0, count: 2 },
      { index: 1, count: 2 },
    ]);
  });

  it('is half an answer from its first message on, or its first step where it has no messages', () => {
    expect([0, 1, 2, 3].map((index) => isFirst(mixed, index))).toEqual([true, true, false, false]);
    const silent = planRecord(origin, 'help', [tag, dana]);
    expect([isFirst(silent, 0), isFirst(silent, 1)]).toEqual([true, false]);

    const tagged = stepDone(startPart(mixed, 0, 100), 0, 110);
    expect([isBegun(tagged), isBegun(startPart(tagged, 1, 120))]).toEqual([false, true]);
    expect(isBegun(startPart(silent, 0, 100))).toBe(true);
  });

  it('goes on behind a step that is done, and behind one that was refused', () => {
    const tagged = stepDone(startPart(mixed, 0, 100), 0, 110);
    expect([nextPart(tagged), tagged.parts[0]]).toEqual([
      1,
      { step: tag, state: 'sent', sendingSince: 100, attempts: 1 },
    ]);
    const refused = stepRefused(startPart(mixed, 0, 100), 0, 'rejected:50303', 110);
    expect([nextPart(refused), refused.parts[0]]).toStrictEqual([
      1,
      { step: tag, state: 'waiting', attempts: 1, refused: 'rejected:50303' },
    ]);
  });

  it.each([
    ['done', (record: MessageRecord) => stepDone(record, 0, 110), { state: 'sent', sendingSince: 100 }],
    [
      'refused',
      (record: MessageRecord) => stepRefused(record, 0, 'rejected:50417', 110),
      { state: 'waiting', refused: 'rejected:50417' },
    ],
  ])('is replied to when its last step is %s, and keeps no more of it than its kind', (_, end, part) => {
    expect(end(startPart(planRecord(origin, 'help', [dana]), 0, 100))).toStrictEqual({
      v: 2,
      ...origin,
      rule: 'help',
      parts: [{ step: { kind: 'invite' }, attempts: 1, ...part }],
      finished: { outcome: 'replied', at: 110 },
    });
  });
});

describe('a record that is to be decided anew', () => {
  const ended = (outcome: Finished['outcome'], reason?: string): MessageRecord =>
    finishedRecord(origin, { outcome, at: 9, ...(reason !== undefined && { reason }) });

  it.each<[Finished['outcome'], string | undefined, boolean]>([
    ['stale', undefined, true],
    ['no_rule', undefined, true],
    ['quarantined', 'rejected:50504', true],
    ['suppressed', 'off', true],
    ['suppressed', 'dry_run', true],
    ['suppressed', 'muted', false],
    ['suppressed', undefined, false],
    ['replied', undefined, false],
    ['stale', 'forgotten', false],
    ['quarantined', 'forgotten', false],
  ])('ended %s, %s: %s', (outcome, reason, may) => {
    expect(isReplayable(ended(outcome, reason), 'r1')).toBe(may);
  });

  it('has ended, and was not yet decided anew under this id', () => {
    expect(isReplayable(planned, 'r1')).toBe(false);
    const again = {
      ...replayRecord(planned, ended('stale'), 'r1'),
      finished: { outcome: 'stale', at: 20 } as const,
    };
    expect([isReplayable(again, 'r1'), isReplayable(again, 'r2')]).toEqual([false, true]);
    const twice: MessageRecord = {
      ...replayRecord(planned, again, 'r2'),
      finished: { outcome: 'stale', at: 30 },
    };
    expect(['r1', 'r2', 'r3'].map((id) => isReplayable(twice, id))).toEqual([false, false, true]);
  });

  it('is never the rest of half an answer', () => {
    const half = finish(sentPart(startPart(planned, 0, 1), 0, { sid: 'IM1', index: 3 }, 2), {
      outcome: 'quarantined',
      at: 9,
    });
    expect(isReplayable(half, 'r1')).toBe(false);
    // Whether that was sent is for Twilio's list to say.
    const unknown = finish(startPart(planned, 0, 1), { outcome: 'quarantined', at: 9 });
    expect(isReplayable(unknown, 'r1')).toBe(true);
  });

  it('keeps how it had ended before, each time', () => {
    const once = replayRecord(planned, ended('stale'), 'r1');
    expect(once).toStrictEqual({ ...planned, v: 3, replays: [{ id: 'r1', was: ended('stale').finished }] });
    expect(
      replayRecord(planned, { ...once, finished: { outcome: 'no_rule', at: 20 } }, 'r2').replays,
    ).toEqual([
      { id: 'r1', was: { outcome: 'stale', at: 9 } },
      { id: 'r2', was: { outcome: 'no_rule', at: 20 } },
    ]);
    expect(replayRecord(planned, undefined, 'r1').replays).toStrictEqual([{ id: 'r1' }]);
  });

  it('is over unless it may be', () => {
    expect([undefined, 'r1'].map((replay) => isOver(undefined, replay))).toEqual([false, false]);
    expect([undefined, 'r1'].map((replay) => isOver(planned, replay))).toEqual([false, false]);
    expect([undefined, 'r1'].map((replay) => isOver(ended('stale'), replay))).toEqual([true, false]);
    expect([undefined, 'r1'].map((replay) => isOver(ended('replied'), replay))).toEqual([true, true]);
  });

  it('keeps until when its answer may begin, where somebody said so', () => {
    expect(letAnswer(planned, 500)).toStrictEqual({ ...planned, answerUntil: 500 });
    expect(letAnswer(planned, undefined)).toBe(planned);
    expect(letAnswer({ ...planned, answerUntil: 400 }, undefined).answerUntil).toBe(400);
  });
});
