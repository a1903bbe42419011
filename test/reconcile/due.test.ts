import { describe, expect, it } from 'vitest';
import { hoursDue, isDue, isRoundDue, quartersDue, type Round } from '../../lib/reconcile/due.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ACTIVE = Date.parse('2026-11-20T12:07:00Z');

/** The rounds of a day and a bit, in minutes after the activity, that look at the conversation. */
function looks(every = 5 * MINUTE, first = 2 * MINUTE): number[] {
  const minutes: number[] = [];
  for (let at = ACTIVE + first; at < ACTIVE + 30 * HOUR; at += every) {
    if (isDue(ACTIVE, { at, since: at - every })) minutes.push((at - ACTIVE) / MINUTE);
  }
  return minutes;
}

describe('a conversation is due', () => {
  it('each five minutes for an hour after its activity, then after 2, 6 and 24 hours', () => {
    const [often, later] = [
      looks().filter((minute) => minute <= 62),
      looks().filter((minute) => minute > 62),
    ];
    expect(often).toEqual([2, 7, 12, 17, 22, 27, 32, 37, 42, 47, 52, 57, 62]);
    expect(later).toEqual([2 * 60 + 2, 6 * 60 + 2, 24 * 60 + 2]);
  });

  it('once for each of these moments, though rounds come late or are missed', () => {
    expect(looks(90 * MINUTE, 0)).toEqual([0, 90, 180, 360, 24 * 60]);
    expect(isDue(ACTIVE, { since: ACTIVE + HOUR, at: ACTIVE + 5 * HOUR })).toBe(true);
    expect(isDue(ACTIVE, { since: ACTIVE + 3 * HOUR, at: ACTIVE + 5 * HOUR })).toBe(false);
    expect(isDue(ACTIVE, { since: ACTIVE + 3 * HOUR, at: ACTIVE + 100 * HOUR })).toBe(true);
  });

  it('at the very moment, and not again in the round after', () => {
    const at = ACTIVE + 2 * HOUR;
    expect(isDue(ACTIVE, { since: at - 1, at })).toBe(true);
    expect(isDue(ACTIVE, { since: at, at: at + 5 * MINUTE })).toBe(false);
  });

  it('when a clock that is a little ahead has marked it', () => {
    const round: Round = { at: ACTIVE - 30_000, since: ACTIVE - 5 * MINUTE };
    expect(isDue(ACTIVE, round)).toBe(true);
    expect(isDue(ACTIVE + HOUR, round)).toBe(false);
  });
});

describe('the quarters of an hour that are read', () => {
  it('are those in which what is due may have been marked, the freshest first', () => {
    const at = Date.parse('2026-11-20T12:07:00Z');
    expect(quartersDue({ at, since: at - 5 * MINUTE })).toEqual([
      ...['2026-11-20T12:00', '2026-11-20T11:45', '2026-11-20T11:30', '2026-11-20T11:15', '2026-11-20T11:00'],
      ...['2026-11-20T10:00', '2026-11-20T06:00', '2026-11-19T12:00'],
    ]);
  });

  it('hold every conversation that is due', () => {
    for (let minutes = 0; minutes < 25 * 60; minutes += 1) {
      const at = ACTIVE + minutes * MINUTE;
      const round = { at, since: at - 5 * MINUTE };
      if (isDue(ACTIVE, round)) expect(quartersDue(round)).toContain('2026-11-20T12:00');
    }
  });

  it('are no more than the marks live for', () => {
    expect(quartersDue({ at: ACTIVE, since: 0 })).toHaveLength(193);
  });

  it('are found in the hours of the version before, whose marks may be as old as their hour', () => {
    const at = Date.parse('2026-11-20T12:07:00Z');
    expect(hoursDue({ at, since: at - 5 * MINUTE })).toEqual([
      ...['2026-11-20T12', '2026-11-20T11', '2026-11-20T10', '2026-11-20T09'],
      ...['2026-11-20T06', '2026-11-20T05', '2026-11-19T12', '2026-11-19T11'],
    ]);
  });
});

it('a round is due five minutes after the one before, less what schedules are early', () => {
  const due = [4, 4.4, 4.5, 5, 60].map((minutes) => isRoundDue(ACTIVE, ACTIVE + minutes * MINUTE));
  expect(due).toEqual([false, false, true, true, true]);
});
