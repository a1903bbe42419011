import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen } from '../../../lib/rules/hours/is-open.ts';
import type { OpeningHours, Range } from '../../../lib/rules/hours/opening-hours.ts';
import { anyHours, anyTime, anyZone } from './arbitraries.ts';
import { isOpenByLaw } from './open-by-law.ts';
import { ZONES } from './zone-rules.ts';

const MINUTE = 60_000;
const BERLIN = 'Europe/Berlin';
const OFFICE: readonly Range[] = [
  [540, 750],
  [810, 1080],
];
const CLOSED: readonly Range[] = [];

/** Monday to Friday 09:00-12:30 and 13:30-18:00; Saturday 22:00-02:00; but for two days of December. */
const SHOP: OpeningHours = {
  week: [OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, [[1320, 1560]], CLOSED],
  except: { '2026-12-24': [[540, 720]], '2026-12-25': CLOSED, '2026-12-27': [[0, 1440]] },
};

describe('a shop', () => {
  it.each([
    ['before it opens', '2026-11-30T08:59:59.999', false],
    ['at the minute of the start', '2026-11-30T09:00', true],
    ['in the last moment before the end', '2026-11-30T12:29:59.999', true],
    ['at the minute of the end', '2026-11-30T12:30', false],
    ['between two ranges', '2026-11-30T13:00', false],
    ['in the second range', '2026-11-30T13:30', true],
    ['on a day that is not named', '2026-11-29T10:00', false],
    ['on Saturday night', '2026-11-28T22:00', true],
    ['on Sunday in the small hours, though Sunday is closed', '2026-11-29T01:59', true],
    ['when the night is over', '2026-11-29T02:00', false],
    ['in the small hours of Saturday, for the night belongs to the day it began', '2026-11-28T01:00', false],
    ['on the morning of an exception', '2026-12-24T09:30', true],
    ['when the exception is over, for it replaces its whole day', '2026-12-24T14:00', false],
    ['on a day that is closed as an exception', '2026-12-25T10:00', false],
    ['on an exception of 24 hours', '2026-12-27T23:59', true],
    ['at midnight after it', '2026-12-28T00:00', false],
  ])('%s (%s)', (_, local, open) => {
    expect(isOpen(SHOP, BERLIN, Date.parse(`${local}+01:00`))).toBe(open);
  });

  it('is open in the small hours of an exception if the night before was its own', () => {
    const hours = { ...SHOP, except: { '2026-11-29': CLOSED } };
    expect(isOpen(hours, BERLIN, Date.parse('2026-11-29T01:00+01:00'))).toBe(true);
  });

  it('is closed in the small hours after a night that an exception took away, and open after one that it gave', () => {
    const closed = { ...SHOP, except: { '2026-11-28': CLOSED } };
    expect(isOpen(closed, BERLIN, Date.parse('2026-11-29T01:00+01:00'))).toBe(false);
    const late: OpeningHours = { ...SHOP, except: { '2026-12-31': [[1200, 1620]] } };
    expect(isOpen(late, BERLIN, Date.parse('2027-01-01T02:59+01:00'))).toBe(true);
    expect(isOpen(late, BERLIN, Date.parse('2027-01-01T03:00+01:00'))).toBe(false);
  });

  it('whose end is its start is open for a day from then on', () => {
    const hours: OpeningHours = {
      week: [[[540, 1980]], CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED],
    };
    const at = (local: string) => isOpen(hours, 'UTC', Date.parse(`${local}Z`));
    expect(['2026-11-30T08:59', '2026-11-30T09:00', '2026-12-01T08:59', '2026-12-01T09:00'].map(at)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('when the clocks are changed', () => {
  const nights: OpeningHours = { week: Array.from({ length: 7 }, () => [[150, 180] as const]) };

  it('what begins and ends within the gap of spring is passed over', () => {
    const opened = minutesOf('2026-03-29T00:00Z', 180).filter((at) => isOpen(nights, BERLIN, at));
    expect(opened).toEqual([]);
  });

  it('both hours count in autumn', () => {
    const opened = minutesOf('2026-10-25T00:00Z', 180).filter((at) => isOpen(nights, BERLIN, at));
    expect(opened).toEqual([...minutesOf('2026-10-25T00:30Z', 30), ...minutesOf('2026-10-25T01:30Z', 30)]);
  });
});

function minutesOf(from: string, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => Date.parse(from) + index * MINUTE);
}

/** Ranges that begin and end within, before and after the hours in which clocks are changed. */
const NIGHT_OWLS: OpeningHours = {
  week: Array.from({ length: 7 }, () => [
    [5, 20],
    [45, 70],
    [100, 125],
    [135, 150],
    [155, 190],
    [200, 240],
    [1380, 1390],
    [1400, 1442],
  ]),
};

describe.each(ZONES.filter(({ changes }) => changes.length > 0))('in $timezone', (zone) => {
  it('each minute around every change of the clocks from 2020 to 2035 is open or closed as the clock says', () => {
    const wrong: number[] = [];
    for (const change of zone.changes) {
      for (let at = change.at - 65 * MINUTE; at < change.at + 65 * MINUTE; at += MINUTE) {
        const open = isOpen(NIGHT_OWLS, zone.timezone, at);
        if (open !== isOpenByLaw(NIGHT_OWLS, zone, at)) wrong.push(at);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('any hours', () => {
  it('are open when the ranges of their days, laid on one line, say so', () => {
    fc.assert(
      fc.property(anyHours, anyZone, anyTime, (hours, zone, at) => {
        expect(isOpen(hours, zone.timezone, at)).toBe(isOpenByLaw(hours, zone, at));
      }),
    );
  });
});
