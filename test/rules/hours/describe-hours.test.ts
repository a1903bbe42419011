import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CLOSED } from '../../../lib/rules/hours/closed-word.ts';
import { next, today } from '../../../lib/rules/hours/describe-hours.ts';
import type { OpeningHours, Range } from '../../../lib/rules/hours/opening-hours.ts';

const BERLIN = 'Europe/Berlin';
const OFFICE: readonly Range[] = [
  [540, 750],
  [810, 1080],
];
const SHOP: OpeningHours = {
  week: [OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, [[1320, 1560]], []],
  except: { '2026-12-24': [[540, 720]], '2026-12-25': [] },
};

const berlin = (local: string) => Date.parse(`${local}+01:00`);
const on = (...ranges: readonly Range[]): OpeningHours => ({ week: [ranges, [], [], [], [], [], []] });
const MONDAY = berlin('2026-11-30T12:00');

describe('the hours of today', () => {
  it.each([
    ['two ranges', SHOP, '2026-11-30T12:00', '09:00–12:30, 13:30–18:00'],
    ['also when they are over', SHOP, '2026-11-30T23:00', '09:00–12:30, 13:30–18:00'],
    ['an exception', SHOP, '2026-12-24T12:00', '09:00–12:00'],
    ['a night', SHOP, '2026-11-28T12:00', '22:00–02:00'],
    ['a night on the day it began only', SHOP, '2026-11-29T01:59', 'closed'],
    ['all day', on([0, 1440]), '2026-11-30T12:00', '00:00–24:00'],
    ['until midnight', on([600, 1440]), '2026-11-30T12:00', '10:00–24:00'],
    ['a day from its start on', on([540, 1980]), '2026-11-30T12:00', '09:00–09:00'],
    ['ranges that meet', on([540, 750], [750, 1080]), '2026-11-30T12:00', '09:00–18:00'],
    [
      'ranges that overlap, whatever their order',
      on([700, 1080], [540, 750]),
      '2026-11-30T12:00',
      '09:00–18:00',
    ],
    [
      'ranges that together are longer than a day',
      on([0, 1440], [1320, 1560]),
      '2026-11-30T12:00',
      '00:00–24:00',
    ],
  ] as const)('are shown: %s', (_, hours, local, expected) => {
    expect(today(hours, BERLIN, berlin(local))).toBe(expected);
  });

  it('are those of the day in the zone', () => {
    const at = Date.parse('2026-11-29T23:30Z');
    expect([today(SHOP, 'UTC', at), today(SHOP, BERLIN, at)]).toEqual(['closed', '09:00–12:30, 13:30–18:00']);
  });

  it.each([
    ['de', 'geschlossen'],
    ['de-AT', 'geschlossen'],
    ['FR', 'fermé'],
    ['ar', 'مغلق'],
    ['nl', 'gesloten'],
    ['xx', 'closed'],
    ['constructor', 'closed'],
    ['', 'closed'],
  ])('are closed in %s: %s', (language, word) => {
    expect(today(SHOP, BERLIN, berlin('2026-12-25T12:00'), language)).toBe(word);
  });

  it('are closed in all the languages that docs/rules.md names', () => {
    const [, list = ''] = /^"closed" is known in ([^;]*);/m.exec(readFileSync('docs/rules.md', 'utf8')) ?? [];
    expect(list.split(/,\s|\sand\s/)).toEqual(Object.keys(CLOSED).toSorted());
  });
});

describe('the next opening', () => {
  it.each([
    ['en', 'Monday 13:30'],
    ['de', 'Montag 13:30'],
    ['de-AT', 'Montag 13:30'],
    ['fr', 'lundi 13:30'],
    ['pt', 'segunda-feira 13:30'],
    ['ru', 'понедельник 13:30'],
    ['ar', 'الاثنين 13:30'],
    ['ja', '月曜日 13:30'],
    ['xx', 'Monday 13:30'],
    ['not a language', 'Monday 13:30'],
    ['', 'Monday 13:30'],
  ])('has its weekday in %s: %s', (language, words) => {
    expect(next(SHOP, BERLIN, MONDAY, language)).toBe(words);
  });

  it.each([
    ['today', SHOP, '2026-11-30T08:00', 'Monday 09:00'],
    ['tomorrow', SHOP, '2026-11-30T18:00', 'Tuesday 09:00'],
    ['over the weekend', SHOP, '2026-11-29T02:00', 'Monday 09:00'],
    ['over a holiday', SHOP, '2026-12-24T12:00', 'Saturday 22:00'],
    ['in a week, when today’s is over', on([540, 600]), '2026-11-30T09:30', 'Monday 09:00'],
    ['nowhere', on(), '2026-11-30T12:00', undefined],
  ] as const)('is named: %s', (_, hours, local, words) => {
    expect(next(hours, BERLIN, berlin(local), 'en')).toBe(words);
  });

  it('has its date too where its weekday comes once more before', () => {
    const hours = { ...on([540, 600]), except: { '2026-11-30': [] } };
    const at = berlin('2026-11-30T08:00');
    expect(next(hours, BERLIN, at, 'en')).toBe('Monday, December 7, 09:00');
    expect(next(hours, BERLIN, at, 'de')).toBe('Montag, 7. Dezember, 09:00');
  });

  it('is told by the clock as it will be', () => {
    const spring = { ...on(), except: { '2026-03-29': [[150, 300] as const] } };
    expect(next(spring, BERLIN, Date.parse('2026-03-28T12:00Z'), 'en')).toBe('Sunday 03:00');
  });
});
