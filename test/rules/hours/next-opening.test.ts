import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextOpening } from '../../../lib/rules/hours/next-opening.ts';
import type { OpeningHours, Range } from '../../../lib/rules/hours/opening-hours.ts';
import { anyDay, anyHours, anyTime, anyZone } from './arbitraries.ts';
import { nextByLaw } from './open-by-law.ts';
import { ZONES } from './zone-rules.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BERLIN = 'Europe/Berlin';

const daily = (...ranges: readonly Range[]): OpeningHours => ({
  week: Array.from({ length: 7 }, () => ranges),
});
const NEVER = daily();

function next(hours: OpeningHours, at: string, timezone = BERLIN): string | undefined {
  const opening = nextOpening(hours, timezone, Date.parse(at));
  return opening === undefined ? undefined : new Date(opening).toISOString();
}

describe('the next opening', () => {
  it.each<[what: string, hours: OpeningHours, at: string, opening: string | undefined]>([
    ['is today’s, before it', daily([540, 1080]), '2026-11-30T07:59:59.999Z', '2026-11-30T08:00:00.000Z'],
    ['is tomorrow’s, from the start on', daily([540, 1080]), '2026-11-30T08:00Z', '2026-12-01T08:00:00.000Z'],
    [
      'is today’s second, in the first',
      daily([540, 750], [810, 1080]),
      '2026-11-30T09:00Z',
      '2026-11-30T12:30:00.000Z',
    ],
    [
      'does not depend on the order',
      daily([810, 1080], [540, 750]),
      '2026-11-30T04:00Z',
      '2026-11-30T08:00:00.000Z',
    ],
    [
      'is not where two ranges meet',
      daily([540, 750], [750, 1080]),
      '2026-11-30T09:00Z',
      '2026-12-01T08:00:00.000Z',
    ],
    [
      'is not where one begins within another',
      daily([540, 750], [600, 1080]),
      '2026-11-30T08:30Z',
      '2026-12-01T08:00:00.000Z',
    ],
    ['is not at midnight, where it was open all day', daily([0, 1440]), '2026-11-30T09:00Z', undefined],
    [
      'is not where a night ends and the day begins',
      daily([120, 600], [1320, 1560]),
      '2026-11-30T21:30Z',
      '2026-12-01T21:00:00.000Z',
    ],
    ['is nowhere without ranges', NEVER, '2026-11-30T09:00Z', undefined],
    [
      'is an exception',
      { ...NEVER, except: { '2026-12-24': [[540, 720]] } },
      '2026-11-30T09:00Z',
      '2026-12-24T08:00:00.000Z',
    ],
    [
      'is 30 days ahead at most',
      { ...NEVER, except: { '2026-12-24': [[540, 720]] } },
      '2026-11-24T08:00Z',
      '2026-12-24T08:00:00.000Z',
    ],
    [
      'is not more than 30 days ahead',
      { ...NEVER, except: { '2026-12-24': [[540, 720]] } },
      '2026-11-24T07:59:59.999Z',
      undefined,
    ],
    [
      'is after a holiday',
      { ...daily([540, 1080]), except: { '2026-12-01': [] } },
      '2026-11-30T18:00Z',
      '2026-12-02T08:00:00.000Z',
    ],
    [
      'is at the end of the gap where a range begins in it',
      daily([150, 300]),
      '2026-03-28T12:00Z',
      '2026-03-29T01:00:00.000Z',
    ],
    [
      'passes over a range that is all in the gap',
      daily([150, 180]),
      '2026-03-28T12:00Z',
      '2026-03-30T00:30:00.000Z',
    ],
    ['comes twice in autumn: the first', daily([150, 300]), '2026-10-24T12:00Z', '2026-10-25T00:30:00.000Z'],
    ['comes twice in autumn: the second', daily([150, 300]), '2026-10-25T00:30Z', '2026-10-25T01:30:00.000Z'],
    [
      'is where the clock is turned back into a range',
      daily([60, 150]),
      '2026-10-25T00:40Z',
      '2026-10-25T01:00:00.000Z',
    ],
  ])('%s', (_, hours, at, opening) => {
    expect(next(hours, at)).toBe(opening);
  });
});

/** Their starts are within, before and after the hours in which clocks are changed. */
const NIGHT_OWLS = daily([5, 20], [70, 85], [130, 145], [150, 170], [190, 240], [600, 602], [1400, 1442]);

describe.each(ZONES)('in $timezone', (zone) => {
  it('it is found before, in and after every change of the clocks from 2020 to 2035', () => {
    const wrong: unknown[] = [];
    for (const change of zone.changes) {
      for (const minutes of [-900, -75, -31, -1, 0, 29, 59]) {
        const at = change.at + minutes * MINUTE;
        const found = nextOpening(NIGHT_OWLS, zone.timezone, at);
        if (found !== nextByLaw(NIGHT_OWLS, zone, at)) wrong.push({ change, minutes, found });
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('for any hours, zone and time', () => {
  it('it is the first minute that is open after one that is closed', () => {
    fc.assert(
      fc.property(anyHours, anyZone, anyTime, (hours, zone, at) => {
        expect(nextOpening(hours, zone.timezone, at)).toBe(nextByLaw(hours, zone, at));
      }),
      { numRuns: 40 },
    );
  });

  it('it is as far ahead a week later, where clocks are not changed', () => {
    const week = fc.array(anyDay, { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(week, anyTime, fc.integer({ min: 1, max: 50 }), (days, at, weeks) => {
        const later = at + weeks * 7 * 24 * HOUR;
        const [first, second] = [at, later].map((time) => nextOpening({ week: days }, 'Asia/Kolkata', time));
        expect(second && second - later).toBe(first && first - at);
      }),
    );
  });
});
