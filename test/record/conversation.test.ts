import { describe, expect, it } from 'vitest';
import {
  type ConversationState,
  type Happening,
  hasGap,
  isCatchingUp,
  isLate,
  loopReason,
  MUTE_MS,
  NEW_CONVERSATION,
  note,
} from '../../lib/record/conversation.ts';

const MINUTE = 60_000;
const budget = { perMinute: 6, perHour: 60 };

function happening(index: number, over: Partial<Happening> = {}): Happening {
  const at = index * MINUTE;
  return {
    key: `m${index}`,
    index,
    at,
    textHash: `text-${index}`,
    replied: true,
    replyIndexes: [index + 1],
    ...over,
  };
}

/** Notes one happening a minute, or as given. */
function stateAfter(...happenings: Happening[]): ConversationState {
  return happenings.reduce((state, each) => note(state, each, each.at).state, NEW_CONVERSATION);
}

describe('a conversation', () => {
  it('begins with nothing said and nothing accounted for', () => {
    expect(NEW_CONVERSATION).toEqual({
      v: 1,
      accounted: -1,
      own: [],
      replies: [],
      quickTurns: 0,
      repeated: { hash: '', count: 0 },
      mutedUntil: 0,
    });
    expect(hasGap(NEW_CONVERSATION, 0)).toBe(false);
    expect(hasGap(NEW_CONVERSATION, 1)).toBe(true);
    expect(loopReason(NEW_CONVERSATION, { textHash: '' }, budget, 0)).toBeUndefined();
  });

  it('keeps of a message when it was answered, under which key, and what it said', () => {
    const { state } = note(NEW_CONVERSATION, happening(0, { replyIndexes: [2], sentAt: 5 }), 7);
    expect(state).toStrictEqual({
      v: 1,
      accounted: 0,
      own: [2],
      replies: [{ at: 7, key: 'm0', sentAt: 5 }],
      quickTurns: 0,
      repeated: { hash: 'text-0', count: 1 },
      mutedUntil: 0,
    });
  });

  it('holds each of our replies once', () => {
    const twice = stateAfter(happening(0, { replyIndexes: [9] }), happening(1, { replyIndexes: [9, 5] }));
    expect(twice.own).toEqual([9, 5]);
  });
});

describe('gaps', () => {
  it('sees none in a conversation of questions and our answers', () => {
    const state = stateAfter(happening(0), happening(2), happening(4));
    expect(state).toMatchObject({ accounted: 5, own: [] });
    expect(hasGap(state, 6)).toBe(false);
  });

  it('sees one when an index is neither accounted for nor our own', () => {
    expect(hasGap(stateAfter(happening(0)), 3)).toBe(true);
  });

  it('does not count our reply as covering a message that came in between', () => {
    const state = stateAfter(happening(0, { replyIndexes: [2] }));
    expect(state).toMatchObject({ accounted: 0, own: [2] });
    expect(hasGap(state, 1)).toBe(false);
    expect(hasGap(state, 3)).toBe(true);
    expect(
      stateAfter(happening(0, { replyIndexes: [2] }), happening(1, { replyIndexes: [3] })).accounted,
    ).toBe(3);
  });

  it('never goes back when an older message is handled late', () => {
    expect(stateAfter(happening(4), happening(2, { replyIndexes: [6] })).accounted).toBe(6);
  });
});

describe('budgets', () => {
  it('allow six replies in any minute', () => {
    const quickly = (n: number) => happening(2 * n, { at: 0, replyIndexes: [2 * n + 1] });
    const five = stateAfter(...[0, 1, 2, 3, 4].map(quickly));
    const open = { ...five, mutedUntil: 0 };
    expect(loopReason(open, { textHash: 'x' }, budget, 1)).toBeUndefined();
    const six = { ...note(open, quickly(5), 0).state, mutedUntil: 0 };
    expect(loopReason(six, { textHash: 'x' }, budget, MINUTE - 1)).toBe('budget_minute');
    expect(loopReason(six, { textHash: 'x' }, budget, MINUTE)).toBeUndefined();
  });

  it('allow sixty replies in any hour', () => {
    const replies = Array.from({ length: 60 }, (_, i) => ({ at: i * 50_000, key: `k${i}` }));
    const state = { ...NEW_CONVERSATION, replies };
    expect(loopReason(state, { textHash: '' }, budget, 59 * MINUTE)).toBe('budget_hour');
    expect(loopReason(state, { textHash: '' }, budget, 60 * MINUTE)).toBeUndefined();
  });

  it('forget replies older than an hour, so the state stays small', () => {
    const later = happening(2, { at: 61 * MINUTE });
    expect(note(stateAfter(happening(0)), later, later.at).state.replies).toStrictEqual([
      { at: 61 * MINUTE, key: 'm2' },
    ]);
    const notedAt = (ms: number) => note(stateAfter(happening(0)), { ...later, replied: false }, ms).state;
    expect(notedAt(60 * MINUTE - 1).replies).toHaveLength(1);
    expect(notedAt(60 * MINUTE).replies).toEqual([]);
  });

  it('count an event once however often it is noted', () => {
    const twice = stateAfter(happening(0), happening(0));
    expect(twice).toEqual(stateAfter(happening(0)));
    const silent = [0, 2].map((index) => happening(index, { replied: false, replyIndexes: [] }));
    for (const each of silent) expect(stateAfter(each, each)).toEqual(stateAfter(each));
    const joined = happening(0, { index: undefined as never, key: 'participant', replyIndexes: [] });
    expect(stateAfter(joined, joined).replies).toHaveLength(1);
    expect(note(stateAfter(happening(0)), happening(0, { replyIndexes: [2] }), 0)).toMatchObject({
      muted: false,
      state: { accounted: 2, repeated: { count: 1 } },
    });
  });

  it('do not count what was not replied to', () => {
    expect(stateAfter(happening(0, { replied: false, replyIndexes: [] })).replies).toEqual([]);
  });
});

describe('a message that waited', () => {
  it('is late after a minute', () => {
    expect([isLate(5, 5 + MINUTE), isLate(5, 6 + MINUTE)]).toEqual([false, true]);
  });

  it('leaves it noted that its answer was late, and only then', () => {
    const noted = (waited: number) => note(NEW_CONVERSATION, happening(0), waited).state.replies;
    expect(noted(MINUTE)).toStrictEqual([{ at: MINUTE, key: 'm0' }]);
    expect(noted(MINUTE + 1)).toStrictEqual([{ at: MINUTE + 1, key: 'm0', late: true }]);
  });

  it('makes those behind it wait for a minute, whatever else was answered meanwhile', () => {
    const late = { at: 1_000, key: 'a', late: true } as const;
    const prompt = { at: 2_000, key: 'b' };
    const having = (...replies: ConversationState['replies']) => ({ ...NEW_CONVERSATION, replies });
    expect(isCatchingUp(having(prompt, late), 1_000 + MINUTE - 1)).toBe(true);
    expect(isCatchingUp(having(prompt, late), 1_000 + MINUTE)).toBe(false);
    expect(isCatchingUp(having(prompt), 2_000)).toBe(false);
  });
});

describe('machines', () => {
  const quick = (i: number, gapMs: number) => happening(2 * i, { at: i * gapMs, replyIndexes: [2 * i + 1] });

  it('that answer within seconds are muted for an hour after five quick turns', () => {
    const state = stateAfter(...[0, 1, 2, 3, 4].map((i) => quick(i, 1_000)));
    expect(state.mutedUntil).toBe(0);
    const last = note(state, quick(5, 1_000), 5_000);
    expect(last.muted).toBe(true);
    expect(loopReason(last.state, { textHash: 'x' }, budget, 5_000 + MUTE_MS - 1)).toBe('muted');
    expect(loopReason(last.state, { textHash: 'x' }, budget, 5_000 + MUTE_MS)).toBeUndefined();
    expect(MUTE_MS).toBe(60 * MINUTE);
  });

  it('have their mute kept, and their turns counted anew, when they go on', () => {
    const muted = stateAfter(...[0, 1, 2, 3, 4, 5].map((i) => quick(i, 1_000)));
    expect(muted).toMatchObject({ mutedUntil: 5_000 + MUTE_MS, quickTurns: 0 });
    const next = note(muted, quick(6, 1_000), 6_000);
    expect(next).toMatchObject({
      muted: false,
      state: { mutedUntil: 5_000 + MUTE_MS, quickTurns: 1 },
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
      const asked = note(NEW_CONVERSATION, happening(0), 50_000).state;
      expect(note(asked, happening(2, { at: 50_000 + ms }), 60_000).state.quickTurns).toBe(turns);
      const sent = note(NEW_CONVERSATION, happening(0, { sentAt: 40_000 }), 50_000).state;
      expect(note(sent, happening(2, { at: 40_000 + ms }), 60_000).state.quickTurns).toBe(turns);
    },
  );

  it('are told by their latest turn: a slow one begins the count anew, an event in between does not', () => {
    const once = stateAfter(quick(0, 1_000), quick(1, 1_000));
    const { index: _, ...joined } = happening(9, { key: 'joined', at: 60_000, replyIndexes: [] });
    expect(note(NEW_CONVERSATION, joined, 0).state.accounted).toBe(-1);
    expect(note(once, joined, 60_000).state.quickTurns).toBe(1);
    expect(note(once, happening(4, { at: 60_000 }), 60_000).state.quickTurns).toBe(0);
  });

  it('are not confused with people, who take a little longer', () => {
    const state = stateAfter(...Array.from({ length: 20 }, (_, i) => quick(i, 4_000)));
    expect(state.mutedUntil).toBe(0);
    expect(state.quickTurns).toBe(0);
  });

  it('that repeat one text get three answers until the text changes', () => {
    const same = (i: number) => happening(2 * i, { textHash: 'same' });
    const state = stateAfter(same(0), same(1), same(2));
    expect(loopReason(state, { textHash: 'same' }, budget, 10 * MINUTE)).toBe('repeated_text');
    expect(loopReason(state, { textHash: 'other' }, budget, 10 * MINUTE)).toBeUndefined();
    const changed = note(state, happening(6), 6 * MINUTE).state;
    expect(changed.repeated).toEqual({ hash: 'text-6', count: 1 });
    expect(loopReason(changed, { textHash: 'same' }, budget, 10 * MINUTE)).toBeUndefined();
  });

  it('cannot be told by messages without text', () => {
    const media = (i: number) => happening(2 * i, { textHash: '' });
    const state = stateAfter(media(0), media(1), media(2), media(3));
    expect(loopReason(state, { textHash: '' }, budget, 10 * MINUTE)).toBeUndefined();
  });
});
