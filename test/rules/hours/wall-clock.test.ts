import { describe, expect, it } from 'vitest';
import { wallClock } from '../../../lib/rules/hours/wall-clock.ts';
import { localTime, ZONES } from './zone-rules.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** By the laws of the zones, without Intl. */
function expected(local: number) {
  const date = new Date(local);
  return {
    date: date.toISOString().slice(0, 10),
    time: date.toISOString().slice(11, 16),
    weekday: (date.getUTCDay() + 6) % 7,
    minutes: date.getUTCHours() * 60 + date.getUTCMinutes(),
  };
}

describe('the clock on the wall', () => {
  it.each([
    ['2026-11-30T08:05:59.999Z', 'Europe/Berlin', '2026-11-30', '09:05', 0],
    ['2026-11-29T23:00:00Z', 'Europe/Berlin', '2026-11-30', '00:00', 0],
    ['2026-11-29T23:00:00Z', 'UTC', '2026-11-29', '23:00', 6],
    ['2024-02-29T12:00:00Z', 'Pacific/Kiritimati', '2024-03-01', '02:00', 4],
    ['2026-01-01T00:00:00Z', 'America/New_York', '2025-12-31', '19:00', 2],
    ['2026-07-01T00:00:00Z', 'Asia/Kathmandu', '2026-07-01', '05:45', 2],
    ['1969-12-31T23:59:00Z', 'UTC', '1969-12-31', '23:59', 2],
  ])('shows at %s in %s the %s, %s', (at, timezone, date, time, weekday) => {
    expect(wallClock(Date.parse(at), timezone)).toMatchObject({ date, time, weekday });
  });

  it('does not guess in a zone that is not there', () => {
    expect(() => wallClock(0, 'Europe/Atlantis')).toThrow(RangeError);
  });
});

describe.each(ZONES)('the clock of $timezone', (zone) => {
  const { timezone, changes } = zone;

  it('is right at each quarter of an hour around every change from 2020 to 2035, and at the minutes beside it', () => {
    const wrong: unknown[] = [];
    for (const { at } of changes) {
      const quarters = Array.from({ length: 33 }, (_, index) => at + (index - 16) * 15 * MINUTE);
      for (const time of [...quarters, at - 1, at - MINUTE, at + MINUTE]) {
        const shown = wallClock(time, timezone);
        const right = expected(localTime(zone, time));
        if (JSON.stringify(shown) !== JSON.stringify(right)) wrong.push({ time, shown, right });
      }
    }
    expect(wrong).toEqual([]);
  });

  it('is not changed at any other time: it is right every 35 hours from 2020 to 2035', () => {
    const wrong: unknown[] = [];
    for (let time = Date.UTC(2020, 0, 1); time < Date.UTC(2036, 0, 1); time += 35 * HOUR) {
      const shown = wallClock(time, timezone);
      const right = expected(localTime(zone, time));
      if (shown.date !== right.date || shown.minutes !== right.minutes) wrong.push({ time, shown, right });
    }
    expect(wrong).toEqual([]);
  });
});
