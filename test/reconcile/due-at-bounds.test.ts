import { describe, expect, it } from 'vitest';
import { hoursDue, isDue, isLater, isRoundDue, quartersDue } from '../../lib/reconcile/due.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOON = Date.parse('2026-11-20T12:00:00Z');
const round = { at: NOON, since: NOON - 15 * MINUTE };

it('a round is due from four and a half minutes after the one before', () => {
  expect(isRoundDue(NOON, NOON + 270_000 - 1)).toBe(false);
  expect(isRoundDue(NOON, NOON + 270_000)).toBe(true);
});

describe('due in each round', () => {
  it('is what was active in the hour before', () => {
    const justNow = { at: NOON, since: NOON };
    expect(isDue(NOON - HOUR + 1, justNow)).toBe(true);
    expect(isDue(NOON - HOUR, justNow)).toBe(false);
  });

  it('is what a clock marked that is up to a minute ahead', () => {
    expect(isDue(NOON + MINUTE, round)).toBe(true);
    expect(isDue(NOON + MINUTE + 1, round)).toBe(false);
  });
});

it('the next round’s is what was marked more than a minute after this one began', () => {
  expect(isLater(NOON + MINUTE, round)).toBe(false);
  expect(isLater(NOON + MINUTE + 1, round)).toBe(true);
});

describe('due later', () => {
  it.each([1, 2, 6, 24])('is what became %i hours old since the round before began', (hours) => {
    const [newest, oldest] = [round.at - hours * HOUR, round.since - hours * HOUR];
    expect(isDue(newest, round)).toBe(true);
    expect(isDue(oldest + 1, round)).toBe(true);
    expect(isDue(oldest, round)).toBe(false);
    if (hours > 1) expect(isDue(newest + 1, round)).toBe(false);
  });
});

describe('the quarters of an hour that are read', () => {
  it('are those alone in which something due can have been marked', () => {
    expect(quartersDue(round).map((quarter) => quarter.slice(8))).toEqual([
      ...['20T12:00', '20T11:45', '20T11:30', '20T11:15', '20T11:00', '20T10:45'],
      ...['20T10:00', '20T09:45', '20T06:00', '20T05:45', '19T12:00', '19T11:45'],
    ]);
  });

  it('begin with one that has only begun for a clock that is ahead', () => {
    const at = NOON + 14.5 * MINUTE;
    expect(quartersDue({ at, since: at })[0]).toBe('2026-11-20T12:15');
    expect(hoursDue({ at: NOON - MINUTE, since: NOON })[0]).toBe('2026-11-20T12');
  });
});
