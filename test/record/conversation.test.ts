import { describe, expect, it } from 'vitest';
import { repliesWithin } from '../../lib/guards/budget.ts';
import {
  type ConversationRecord,
  hasAccount,
  hasGap,
  hasNoted,
  isCatchingUp,
  isLate,
  knownParticipant,
  knownRole,
  NEW_CONVERSATION,
  note as noteWith,
} from '../../lib/record/conversation.ts';
import type { NotedEvent } from '../../lib/record/noted-event.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MUTES = [MINUTE, 10 * MINUTE, HOUR];

const note = (state: ConversationRecord, event: NotedEvent, now: number) =>
  noteWith(state, event, now, { muteMs: MUTES, quietAfterPersonMs: 8 * HOUR, isWaiting: () => true });

function message(index: number, over: Partial<NotedEvent> = {}): NotedEvent {
  const at = index * MINUTE;
  return {
    key: `m${index}`,
    index,
    at,
    who: 'customer',
    byChannel: false,
    textHash: `text-${index}`,
    tap: false,
    replied: true,
    replyIndexes: [index + 1],
    offers: [],
    ...over,
  };
}

/** Notes one message a minute, or as given. */
function stateAfter(...events: NotedEvent[]): ConversationRecord {
  return events.reduce((state, each) => note(state, each, each.at).state, NEW_CONVERSATION);
}

describe('a conversation', () => {
  // Cause: whoever joined before the installation's first message made all that was older than it ours to answer.
  it('has an account once a message is accounted for, and not because somebody joined or muted it', () => {
    expect(hasAccount(undefined)).toBe(false);
    expect(hasAccount({ ...NEW_CONVERSATION, mutedUntil: 9_000 })).toBe(false);
    expect(hasAccount({ ...NEW_CONVERSATION, noted: ['a'] })).toBe(false);
    expect(hasAccount(stateAfter(message(0)))).toBe(true);
    // All that was known of it but this was forgotten.
    expect(hasAccount({ ...NEW_CONVERSATION, accounted: 0 })).toBe(true);
  });

  it('begins with nothing said and nothing accounted for', () => {
    expect(NEW_CONVERSATION).toEqual({
      v: 1,
      accounted: -1,
      own: [],
      replies: [],
      noted: [],
      notedAt: [],
      quickTurns: 0,
      repeated: { hash: '', count: 0 },
      mutedUntil: 0,
    });
    expect(hasGap(NEW_CONVERSATION, 0)).toBe(false);
    expect(hasGap(NEW_CONVERSATION, 1)).toBe(true);
  });

  it('keeps of a message when it was answered, under which key, what it said, and what it offers', () => {
    const { state } = note(NEW_CONVERSATION, message(0, { replyIndexes: [2], sentAt: 5, offers: ['t'] }), 7);
    expect(state).toStrictEqual({
      v: 1,
      accounted: 0,
      memory: { customerAt: 0 },
      own: [2],
      replies: [{ at: 7, key: 'm0', sentAt: 5 }],
      noted: [expect.stringMatching(/^[0-9a-f]{12}$/)],
      notedAt: [7],
      spoken: { taps: [], minute: [[0, 1]], hour: [[0, 1]], day: [[0, 1]] },
      offered: ['t'],
      quickTurns: 0,
      repeated: { hash: 'text-0', count: 1, at: 0 },
      mutedUntil: 0,
    });
  });

  it('stays small, however much is said', () => {
    let state: ConversationRecord = NEW_CONVERSATION;
    for (let i = 0; i < 5_000; i += 1) {
      const event = message(2 * i, {
        key: `onMessageAdded|IM${String(i).padStart(32, '0')}`,
        at: i * 5_000,
        textHash: String(i).padStart(16, '0'),
        offers: Array.from({ length: 20 }, (_, at) => String(at).padStart(8, '0')),
        role: { participantSid: `MB${String(i).padStart(32, '0')}`, roleSid: `RL${'f'.repeat(32)}` },
        replyIndexes: [2 * i + 1],
        sentAt: i * 5_000,
      });
      state = note(state, event, event.at).state;
    }
    expect(JSON.stringify(state).length).toBeLessThan(6_000);
  });

  it('holds each of our replies once', () => {
    const twice = stateAfter(message(0, { replyIndexes: [9] }), message(1, { replyIndexes: [9, 5] }));
    expect(twice.own).toEqual([9, 5]);
  });
});

describe('gaps', () => {
  it('sees none in a conversation of questions and our answers', () => {
    const state = stateAfter(message(0), message(2), message(4));
    expect(state).toMatchObject({ accounted: 5, own: [] });
    expect(hasGap(state, 6)).toBe(false);
  });

  it('sees one when an index is neither accounted for nor our own', () => {
    expect(hasGap(stateAfter(message(0)), 3)).toBe(true);
  });

  it('does not count our reply as covering a message that came in between', () => {
    const state = stateAfter(message(0, { replyIndexes: [2] }));
    expect(state).toMatchObject({ accounted: 0, own: [2] });
    expect(hasGap(state, 1)).toBe(false);
    expect(hasGap(state, 3)).toBe(true);
    expect(stateAfter(message(0, { replyIndexes: [2] }), message(1, { replyIndexes: [3] })).accounted).toBe(
      3,
    );
  });

  it('never goes back when an older message is handled late', () => {
    expect(stateAfter(message(4), message(2, { replyIndexes: [6] })).accounted).toBe(6);
  });
});

describe('what the bot has said', () => {
  it('is counted, answers to taps apart', () => {
    const state = stateAfter(message(0, { at: 0 }), message(2, { at: 1, tap: true, replyIndexes: [3] }));
    expect(repliesWithin(state.spoken, 'minute', 2)).toBe(1);
    expect(repliesWithin(state.spoken, 'taps', 2)).toBe(1);
    expect(repliesWithin(state.spoken, 'day', 2)).toBe(2);
  });

  it('is counted when it was said, however late that was', () => {
    const { state } = note(NEW_CONVERSATION, message(0, { at: 0 }), HOUR);
    expect(repliesWithin(state.spoken, 'minute', HOUR + 1)).toBe(1);
  });

  it('is counted on from the list that the version before kept', () => {
    const before = { ...NEW_CONVERSATION, replies: [0, 1, 2].map((at) => ({ at, key: `k${at}` })) };
    const { noted: _, ...old } = before;
    const { state } = note(old, message(9, { at: 5 }), 5);
    expect(repliesWithin(state.spoken, 'minute', 5)).toBe(4);
  });

  it('is kept as that version reads it too: the latest sixteen replies of the last hour', () => {
    const many = stateAfter(...Array.from({ length: 20 }, (_, i) => message(2 * i, { at: i })));
    expect(many.replies).toHaveLength(16);
    expect(many.replies.at(-1)).toEqual({ at: 19, key: 'm38' });
    const later = message(2, { at: 61 * MINUTE });
    expect(note(stateAfter(message(0)), later, later.at).state.replies).toStrictEqual([
      { at: 61 * MINUTE, key: 'm2' },
    ]);
    const notedAt = (ms: number) => note(stateAfter(message(0)), { ...later, replied: false }, ms).state;
    const late = stateAfter(message(40));
    expect(note(late, { ...later, replied: false }, 50 * MINUTE).state.replies).toHaveLength(1);
    const long = {
      ...NEW_CONVERSATION,
      replies: Array.from({ length: 20 }, (_, at) => ({ at, key: `k${at}` })),
    };
    const kept = note(long, { ...later, replied: false }, 30).state.replies;
    expect(kept.map(({ at }) => at)).toEqual(Array.from({ length: 16 }, (_, i) => i + 4));
    expect(notedAt(60 * MINUTE - 1).replies).toHaveLength(1);
    expect(notedAt(60 * MINUTE).replies).toEqual([]);
  });

  it('offers what the last answer offers; what was not answered leaves it', () => {
    const silent = { replied: false, replyIndexes: [] };
    const state = stateAfter(message(0, { offers: ['a', 'b'] }), message(2, silent));
    expect(state.offered).toEqual(['a', 'b']);
    expect(note(state, message(4), 0).state.offered).toEqual([]);
  });

  it('counts an event once however often it is noted', () => {
    expect(stateAfter(message(0), message(0))).toEqual(stateAfter(message(0)));
    const silent = [0, 2].map((index) => message(index, { replied: false, replyIndexes: [] }));
    for (const each of silent) expect(stateAfter(each, each)).toEqual(stateAfter(each));
    const joined = message(0, { index: undefined as never, key: 'participant', replyIndexes: [] });
    expect(stateAfter(joined, joined).replies).toHaveLength(1);
    expect(note(stateAfter(message(0)), message(0, { replyIndexes: [2] }), 0)).toMatchObject({
      muted: false,
      state: { accounted: 2, repeated: { count: 1 } },
    });
  });

  // Its webhook was overtaken; told by the Index, its reply was in no budget.
  it('counts an event that is noted after a newer one, once', () => {
    const state = stateAfter(
      message(4),
      message(2, { replyIndexes: [6] }),
      message(2, { replyIndexes: [6] }),
    );
    expect(repliesWithin(state.spoken, 'day', 0)).toBe(2);
  });

  // A queue message that came again a week later would have been a second reply, for want of its key.
  it('does not count again what ended more than an hour ago, whether or not its key is kept', () => {
    const many = Array.from({ length: 40 }, (_, i) => message(2 * i, { key: `k${i}` }));
    const state = stateAfter(...many);
    const again = message(0, { key: 'k0', endedAt: 0 });
    expect(note(state, again, HOUR + 1)).toStrictEqual({
      state,
      muted: false,
      isNew: false,
      handedOver: false,
      handedBack: false,
      questionGone: false,
    });
    expect(note(state, message(80, { endedAt: 80 * MINUTE }), 80 * MINUTE + HOUR).isNew).toBe(true);
  });

  // Cause: Twilio or the table failed for longer in between, and one of your people who had written did not keep the bot quiet.
  it('counts what ended more than an hour ago and was not noted, where all keys are there', () => {
    const late = message(2, { endedAt: 1 });
    expect(note(NEW_CONVERSATION, late, 8 * HOUR).isNew).toBe(true);
    expect(note(stateAfter(message(0)), late, 8 * HOUR).isNew).toBe(true);
  });

  it('does not count it where keys may be missing, unless it changes what is remembered', () => {
    const { noted: _, notedAt: times, ...keyless } = { ...stateAfter(message(0)), accounted: -1 };
    const untimed = stateAfter(message(0), message(4));
    const change = { values: { name: 'Ana' } };
    const begun = note(keyless, message(4), 0).state;
    for (const state of [keyless, begun, { ...untimed, notedAt: times ?? [] }]) {
      const isNew = (now: number, over: Partial<NotedEvent> = {}) =>
        note(state, message(2, { endedAt: 1, ...over }), now).isNew;
      expect([isNew(HOUR + 1), isNew(HOUR + 2), isNew(HOUR + 2, { change })]).toEqual([true, false, true]);
    }
  });

  // Found by a look and in a gap, what an import had brought was counted twice: 32 others had been noted in between.
  it('does not count again what ended before the oldest event was noted whose key is kept', () => {
    const silent = (index: number, endedAt: number) =>
      message(index, { replied: false, replyIndexes: [], at: endedAt, endedAt });
    const many = Array.from({ length: 33 }, (_, n) => silent(n, n));
    const state = stateAfter(...many);
    expect(note(state, silent(0, 0), 40).isNew).toBe(false);
    const atOnce = stateAfter(...Array.from({ length: 33 }, (_, n) => silent(n, 5)));
    expect(note(atOnce, silent(0, 5), 40).isNew).toBe(false);
    // It ended, and its process died before it was noted.
    expect(note(state, silent(33, 2), 40).isNew).toBe(true);
    // The version before noted what has no time, so nobody knows how far back the keys go.
    expect(note({ ...state, notedAt: [5] }, silent(0, 0), 40).isNew).toBe(true);
    const { notedAt: _, ...untimed } = state;
    expect(note(untimed, silent(0, 0), 40)).toMatchObject({ isNew: true, state: { notedAt: [40] } });
  });

  it('is told by the Index in an item of the version before, which kept no keys', () => {
    const { noted: _, notedAt: __, ...old } = { ...NEW_CONVERSATION, accounted: 4 };
    expect(note(old, message(2), 0).state.spoken).toBeUndefined();
    expect(note(old, message(4), 0).state.spoken).toBeUndefined();
    const answered = { ...old, replies: [{ at: 0, key: 'm9' }] };
    expect(note(answered, message(9), 0).state.spoken).toBeUndefined();
    expect(note(old, message(6), 0).state.noted).toHaveLength(1);
    expect(note(old, message(2, { change: { values: { name: 'Ana' } } }), 0).isNew).toBe(true);
  });

  it('remembers the latest 32 events', () => {
    const state = stateAfter(...Array.from({ length: 40 }, (_, i) => message(2 * i)));
    expect(new Set(state.noted).size).toBe(32);
    expect(note(state, message(78), 0)).toMatchObject({ state, muted: false, isNew: false });
    expect(note(state, message(80), 80 * MINUTE).isNew).toBe(true);
  });

  it('was noted of nothing in an item of the version before, which kept no keys', () => {
    expect(hasNoted({}, 'm0')).toBe(false);
    expect(hasNoted(stateAfter(message(0)), 'm0')).toBe(true);
  });

  it('does not count what was not replied to', () => {
    expect(stateAfter(message(0, { replied: false, replyIndexes: [] })).replies).toEqual([]);
  });
});

describe('people', () => {
  const by = (who: NotedEvent['who'], at: number, key = `${who}${at}`) =>
    message(2, { who, at, key, replied: false, replyIndexes: [] });

  it('of yours are known by when they last wrote, whichever message is noted first', () => {
    expect(stateAfter(by('person', 500), by('person', 200)).personAt).toBe(500);
    expect(stateAfter(by('customer', 500), by('program', 200), by('bot', 300)).personAt).toBeUndefined();
  });

  it('of yours silence nothing by joining', () => {
    const { index: _, ...joined } = by('person', 500);
    expect(stateAfter(joined).personAt).toBeUndefined();
  });

  it('who came by a channel are remembered', () => {
    expect(stateAfter(message(0, { byChannel: true }), message(2)).byChannel).toBe(true);
    expect(stateAfter(message(0)).byChannel).toBeUndefined();
  });

  it('have their conversation’s state kept with what it last said of giving it back', () => {
    const saidOff = { at: 5, own: 'a', all: 'b', rest: 'c', state: 'inactive' };
    const said = { ...NEW_CONVERSATION, saidOff };
    const woken = message(2, { at: 6, stateTo: 'active', replied: false, replyIndexes: [] });
    expect(note(said, woken, 6).state.saidOff).toEqual({ ...saidOff, state: 'active' });
    expect(note(NEW_CONVERSATION, woken, 6).state).not.toHaveProperty('saidOff');
    expect(note(NEW_CONVERSATION, message(2, { saidOff }), 6).state.saidOff).toEqual(saidOff);
  });

  it('have a role that is read once a day, and kept of the last eight', () => {
    const role = (i: number) => ({ participantSid: `MB${i}`, roleSid: `RL${i}` });
    const ten = stateAfter(...Array.from({ length: 10 }, (_, i) => message(2 * i, { at: 0, role: role(i) })));
    expect(ten.roles).toHaveLength(8);
    expect(knownRole(ten, 'MB9', DAY - 1)).toMatchObject({ roleSid: 'RL9' });
    expect(knownRole(ten, 'MB9', DAY)).toBeUndefined();
    expect(knownRole(ten, 'MB0', 0)).toBeUndefined();
    expect(knownRole(NEW_CONVERSATION, 'MB0', 0)).toBeUndefined();
    const again = note(ten, message(30, { role: role(9) }), 5).state;
    expect(again.roles?.filter(({ participantSid }) => participantSid === 'MB9')).toHaveLength(1);
  });

  it('are known as Twilio would show them, by what was read', () => {
    const roles = [
      { participantSid: 'MB1', roleSid: 'RL1', binding: 'sms', at: 0 },
      { participantSid: 'MB2', roleSid: null, at: 0 },
    ];
    const known = ['MB1', 'MB2', 'MB3'].map((sid) =>
      knownParticipant({ ...NEW_CONVERSATION, roles }, sid, 0),
    );
    expect(known).toEqual([
      { role_sid: 'RL1', messaging_binding: { type: 'sms' } },
      { role_sid: null, messaging_binding: null },
      undefined,
    ]);
  });

  it('have a role that counts from when it was read', () => {
    const { roles = [] } = stateAfter(
      message(1, { at: HOUR, role: { participantSid: 'MB1', roleSid: null } }),
    );
    expect(roles).toEqual([{ participantSid: 'MB1', roleSid: null, at: HOUR }]);
    expect(knownRole({ ...NEW_CONVERSATION, roles }, 'MB1', DAY + HOUR - 1)).toBeDefined();
    expect(knownRole({ ...NEW_CONVERSATION, roles }, 'MB1', DAY + HOUR)).toBeUndefined();
  });

  it('of yours and programs are not turns: they neither mute nor repeat', () => {
    expect(note(NEW_CONVERSATION, by('program', 5), 5).muted).toBe(false);
    const quick = [0, 1, 2, 3, 4, 5, 6].map((i) =>
      message(2 * i, { who: 'person', at: i * 100, textHash: 'same', replyIndexes: [2 * i + 1] }),
    );
    expect(stateAfter(...quick)).toMatchObject({ quickTurns: 0, mutedUntil: 0, repeated: { count: 0 } });
  });
});

describe('a message that waited', () => {
  it('is late after a minute', () => {
    expect([isLate(5, 5 + MINUTE), isLate(5, 6 + MINUTE)]).toEqual([false, true]);
  });

  it('leaves it noted that its answer was late, and only then', () => {
    const noted = (waited: number) => note(NEW_CONVERSATION, message(0), waited).state.replies;
    expect(noted(MINUTE)).toStrictEqual([{ at: MINUTE, key: 'm0' }]);
    expect(noted(MINUTE + 1)).toStrictEqual([{ at: MINUTE + 1, key: 'm0', late: true }]);
  });

  it('makes those behind it wait as long as it counts for the budget of a minute, whatever else was answered meanwhile', () => {
    const late = { at: 1_000, key: 'a', late: true } as const;
    const prompt = { at: 2_000, key: 'b' };
    const having = (...replies: ConversationRecord['replies']) => ({ ...NEW_CONVERSATION, replies });
    expect(isCatchingUp(having(prompt, late), 1_000 + 61_000 - 1)).toBe(true);
    expect(isCatchingUp(having(prompt, late), 1_000 + 61_000)).toBe(false);
    expect(isCatchingUp(having(prompt), 2_000)).toBe(false);
  });
});

describe('machines', () => {
  // Cause: the turns of a whole group were counted as one machine's.
  it('are not seven people of a group who write at the same time', () => {
    const group = Array.from({ length: 7 }, (_, i) => ({ ...quick(i, 2_500), subject: `MB${i}` }));
    expect(stateAfter(...group)).toMatchObject({ mutedUntil: 0, quickTurns: 1 });
    const one = Array.from({ length: 7 }, (_, i) => ({ ...quick(i, 2_500), subject: 'MB1' }));
    expect(stateAfter(...one).mutes).toBe(1);
  });

  it('go on where the version before has counted', () => {
    const before = { ...NEW_CONVERSATION, quickTurns: 3, replies: [{ at: 5_000, key: 'm' }] };
    const next = note(before, message(3, { at: 6_000, subject: 'MB1' }), 6_000).state;
    expect(next.quickTurns).toBe(4);
    const slow = note(next, message(5, { at: 90_000, subject: 'MB1' }), 90_000).state;
    expect(slow.quickTurns).toBe(0);
  });

  const quick = (i: number, gapMs: number) => message(2 * i, { at: i * gapMs, replyIndexes: [2 * i + 1] });

  const row = (from: number) => [0, 1, 2, 3, 4, 5].map((i) => quick(from + i, 1_000));

  it('that answer within seconds are muted for a minute after five quick turns', () => {
    const state = stateAfter(...row(0).slice(0, 5));
    expect(state.mutedUntil).toBe(0);
    expect(note(state, quick(5, 1_000), 5_000)).toMatchObject({
      muted: true,
      state: { mutedUntil: 5_000 + MINUTE, mutes: 1, quickTurns: 0 },
    });
  });

  // A person who was taken for a machine once waited a whole hour.
  it('are muted for ten minutes the second time, then for an hour, and for a minute after a day without', () => {
    let state = stateAfter(...row(0));
    const lasts = () => state.mutedUntil - (state.replies.at(-1)?.at ?? 0);
    const mutes = [1, 2, 3].map((times) => {
      for (const each of row(10 * times)) state = note(state, each, each.at).state;
      return lasts();
    });
    expect(mutes).toEqual([10 * MINUTE, HOUR, HOUR]);
    const later = row(0).map((each) => ({ ...each, key: `later${each.key}`, at: each.at + 2 * DAY }));
    for (const each of later) state = note(state, { ...each, index: (each.index ?? 0) + 900 }, each.at).state;
    expect(lasts()).toBe(MINUTE);
  });

  it('are muted as for the first time from a whole day after the last mute ended', () => {
    const mutedAt = (now: number) => {
      const before = { ...NEW_CONVERSATION, mutes: 2, mutedUntil: 3 * DAY, quickTurns: 4 };
      const replies = [{ at: now - 1_000, key: 'before' }];
      return note({ ...before, replies }, message(1, { at: now }), now).state.mutedUntil - now;
    };
    expect([mutedAt(4 * DAY - 1), mutedAt(4 * DAY)]).toEqual([HOUR, MINUTE]);
  });

  it('never makes an operator’s shorter', () => {
    const replies = [{ at: 4_000, key: 'a' }];
    const before = { ...NEW_CONVERSATION, quickTurns: 4, mutedUntil: 2 * DAY, replies };
    const { state, muted } = note(before, message(1, { at: 5_000 }), 5_000);
    expect([muted, state.mutedUntil]).toEqual([true, 2 * DAY]);
  });

  // Five taps within three seconds each silenced whoever knew the menu.
  it('are not people who tap: a tap neither counts as a turn nor ends a row of them', () => {
    const taps = Array.from({ length: 20 }, (_, i) => ({ ...quick(i, 900), tap: true, textHash: 'same' }));
    expect(stateAfter(...taps)).toMatchObject({ quickTurns: 0, mutedUntil: 0, repeated: { count: 0 } });
    const four = stateAfter(...row(0).slice(0, 5));
    const tapped = note(four, { ...quick(5, 1_000), tap: true }, 5_000).state;
    expect(tapped.quickTurns).toBe(4);
    expect(note(four, { ...quick(5, 1_000), tap: true }, 5_000).muted).toBe(false);
    expect(note(tapped, quick(6, 1_000), 6_000).muted).toBe(true);
  });

  it('have their mute kept, and their turns counted anew, when they go on', () => {
    const muted = stateAfter(...row(0));
    const next = note(muted, quick(6, 1_000), 6_000);
    expect(next).toMatchObject({
      muted: false,
      state: { mutedUntil: 5_000 + MINUTE, quickTurns: 1 },
    });
  });

  it.each([
    [-1, 0],
    [0, 1],
    [2_999, 1],
    [3_000, 0],
  ])(
    'write within three seconds of our reply, not before it: %i ms later counts as %i turns',
    (ms, turns) => {
      const asked = note(NEW_CONVERSATION, message(0), 50_000).state;
      expect(note(asked, message(2, { at: 50_000 + ms }), 60_000).state.quickTurns).toBe(turns);
      const sent = note(NEW_CONVERSATION, message(0, { sentAt: 40_000 }), 50_000).state;
      expect(note(sent, message(2, { at: 40_000 + ms }), 60_000).state.quickTurns).toBe(turns);
    },
  );

  it('are told by their latest turn: a slow one begins the count anew, an event in between does not', () => {
    const once = stateAfter(quick(0, 1_000), quick(1, 1_000));
    const { index: _, ...joined } = message(9, { key: 'joined', at: 60_000, replyIndexes: [] });
    expect(note(NEW_CONVERSATION, joined, 0).state.accounted).toBe(-1);
    expect(note(once, joined, 60_000).state.quickTurns).toBe(1);
    expect(note(once, message(4, { at: 60_000 }), 60_000).state.quickTurns).toBe(0);
  });

  it('are not confused with people, who take a little longer', () => {
    const state = stateAfter(...Array.from({ length: 20 }, (_, i) => quick(i, 4_000)));
    expect(state.mutedUntil).toBe(0);
    expect(state.quickTurns).toBe(0);
  });

  it('repeat a text alone: what another customer has said is another’s', () => {
    const says = (index: number, subject: string) => message(index, { textHash: 'hi', subject });
    const state = stateAfter(says(0, 'MB1'), says(2, 'MB1'));
    expect(state.repeated).toEqual({ hash: 'hi', count: 2, at: 2 * MINUTE, by: 'MB1' });
    expect(note(state, says(4, 'MB2'), 4 * MINUTE).state.repeated).toMatchObject({ count: 1, by: 'MB2' });
    const { by: _, ...before } = state.repeated;
    expect(note({ ...state, repeated: before }, says(4, 'MB2'), 4 * MINUTE).state.repeated.count).toBe(3);
  });

  it('repeat one text in a row, which is counted with the time of the last', () => {
    const same = (i: number, at = i * MINUTE) => message(2 * i, { textHash: 'same', at });
    const state = stateAfter(same(0), same(1), same(2));
    expect(state.repeated).toEqual({ hash: 'same', count: 3, at: 2 * MINUTE });
    expect(note(state, message(6), 6 * MINUTE).state.repeated).toMatchObject({ hash: 'text-6', count: 1 });
    expect(note(state, same(3, 12 * MINUTE - 1), 0).state.repeated.count).toBe(4);
    expect(note(state, same(3, 12 * MINUTE), 0).state.repeated.count).toBe(1);
  });
});
