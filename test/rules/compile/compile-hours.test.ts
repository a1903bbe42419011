import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileHours, compileTimezone } from '../../../lib/rules/compile/compile-hours.ts';
import type { Problem } from '../../../lib/rules/compile/problem.ts';
import { DAYS } from '../../../lib/rules/compile/read-days.ts';
import { readYaml } from '../../../lib/rules/compile/read-yaml.ts';
import { type Findings, spotAt } from '../../../lib/rules/compile/spot.ts';

const show = ({ line, column, message }: Problem) => `${line}:${column}: ${message}`;

/** What the keys `timezone` and `hours` of a file are read as, and what is said of them. */
function read(yaml: string) {
  const page = readYaml('rules.yaml', yaml);
  const findings: Findings = { problems: [...page.problems], notes: [] };
  const data = (page.data ?? {}) as { timezone?: unknown; hours?: unknown };
  const top = spotAt(page, findings);
  const timezone = compileTimezone(data.timezone, top.at('timezone'));
  const hours = compileHours(data.hours, top.at('hours'));
  return { timezone, hours, problems: findings.problems.map(show), notes: findings.notes.map(show) };
}

/** A file whose only hours have this day, in line 3 from column 10. */
const day = (value: string) => read(`hours:\n  shop:\n    mon: ${value}\n`);
/** A file whose only hours have this key, in line 3 from column 5. */
const key = (name: string) => read(`hours:\n  shop:\n    ${name}: 09:00-17:00\n`);
/** A file whose only exception has this key, in line 5 from column 7. */
const date = (name: string) =>
  read(`hours:\n  shop:\n    mon: 09:00-17:00\n    except:\n      ${name}: closed\n`);

const NINE_TO_FIVE = [[540, 1020]];
const A_DAY = '09:00-12:30, 22:00-02:00 (into the next day), a list of such ranges, or closed';
const NO_DAY =
  'Allowed: mon, tue, wed, thu, fri, sat, sun, several such as mon-fri or "sat, sun", and except.';
const NO_DATE = 'Write each day as year-month-day, such as 2026-12-24.';
const NO_ZONE = 'Write a place, such as Europe/Berlin or America/New_York, or UTC.';
const NO_NAME =
  'Hours need a name, by which rules ask for them. Write: hours: { shop: { mon-fri: 09:00-17:00 } }';

describe('hours', () => {
  it('are plain data, seven days of minutes', () => {
    const { timezone, hours, problems, notes } = read(`
timezone: Europe/Berlin
hours:
  shop:
    mon-fri: [09:00-12:30, 13:30-18:00]
    sat: 10:00-14:00
    except:
      2026-12-24: 09:00-12:00
      2026-12-25: closed
  bar: { thu-sat: 20:00-03:00, sun: closed }
`);
    const office = [
      [540, 750],
      [810, 1080],
    ];
    const night = [[1200, 1620]];
    expect({ problems, notes, timezone }).toEqual({ problems: [], notes: [], timezone: 'Europe/Berlin' });
    expect(hours).toEqual({
      shop: {
        week: [office, office, office, office, office, [[600, 840]], []],
        except: { '2026-12-24': [[540, 720]], '2026-12-25': [] },
      },
      bar: { week: [[], [], [], night, night, night, []] },
    });
    expect(JSON.parse(JSON.stringify(hours))).toEqual(hours);
  });

  it('are none, and the zone is UTC, where the file says nothing', () => {
    expect(read('version: 1\n')).toEqual({ timezone: 'UTC', hours: {}, problems: [], notes: [] });
  });

  it.each([
    ['9:00-17:00', NINE_TO_FIVE],
    ['09:00 - 17:00', NINE_TO_FIVE],
    ['"09:00-17:00"', NINE_TO_FIVE],
    ['[09:00-17:00]', NINE_TO_FIVE],
    [
      '\n      - 09:00-12:00\n      - 13:00-17:00',
      [
        [540, 720],
        [780, 1020],
      ],
    ],
    ['00:00-24:00', [[0, 1440]]],
    ['00:00-00:00', [[0, 1440]]],
    ['22:00-24:00', [[1320, 1440]]],
    ['22:00-00:00', [[1320, 1440]]],
    ['22:00-02:00', [[1320, 1560]]],
    [
      '[13:00-17:00, 09:00-12:00]',
      [
        [540, 720],
        [780, 1020],
      ],
    ],
    ['[09:00-12:00, 12:00-17:00]', NINE_TO_FIVE],
  ])('have a day written as %s', (value, ranges) => {
    const { hours, problems, notes } = day(value);
    expect({ problems, notes, monday: hours['shop']?.week[0] }).toEqual({
      problems: [],
      notes: [],
      monday: ranges,
    });
  });

  it.each([
    ['mon', 'mon'],
    ['mon-fri', 'mon tue wed thu fri'],
    ['mon - fri', 'mon tue wed thu fri'],
    ['fri-mon', 'mon fri sat sun'],
    ['sun-mon', 'mon sun'],
    ['mon-sun', 'mon tue wed thu fri sat sun'],
    ['tue-mon', 'mon tue wed thu fri sat sun'],
    ['mon, wed', 'mon wed'],
    ['wed,sat-mon', 'mon wed sat sun'],
  ])('name days by %s', (name, days) => {
    const { hours, problems } = key(name);
    expect(problems).toEqual([]);
    const open = DAYS.filter((_, index) => hours['shop']?.week[index]?.length === 1);
    expect(open.join(' ')).toBe(days);
  });

  it('may be any days and ranges, in any of the ways to write them', () => {
    const time = fc.integer({ min: 0, max: 1439 });
    const write = (minutes: number) =>
      [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
    fc.assert(
      fc.property(fc.nat(6), fc.nat(5), time, time, (first, more, start, end) => {
        const last = (first + more + 1) % 7;
        const { hours, problems } = key(`${DAYS[first]}-${DAYS[last]}`);
        const one = day(`${write(start)}-${write(end)}`);
        expect([problems, one.problems]).toEqual([[], []]);
        const open = DAYS.filter((_, index) => hours['shop']?.week[index]?.length === 1);
        expect(open).toHaveLength(more + 2);
        expect([open.includes(DAYS[first] ?? ''), open.includes(DAYS[last] ?? '')]).toEqual([true, true]);
        expect(one.hours['shop']?.week[0]).toEqual([[start, end > start ? end : end + 1440]]);
      }),
    );
  });
});

describe('a day that cannot be read', () => {
  it.each([
    ['9-17', `3:10: "9-17" is not a range of times. Write ${A_DAY}. Did you mean 09:00-17:00?`],
    [
      '9am to 5:30 pm',
      `3:10: "9am to 5:30 pm" is not a range of times. Write ${A_DAY}. Did you mean 09:00-17:30?`,
    ],
    ['09:00–17:00', `3:10: "09:00–17:00" is not a range of times. Write ${A_DAY}. Did you mean 09:00-17:00?`],
    ['9.30-17h', `3:10: "9.30-17h" is not a range of times. Write ${A_DAY}. Did you mean 09:30-17:00?`],
    [
      '9:00-12:00, 13:00-17:00',
      `3:10: "9:00-12:00, 13:00-17:00" is not a range of times. Write ${A_DAY}. Did you mean [09:00-12:00, 13:00-17:00]?`,
    ],
    ['24/7', `3:10: "24/7" is not a range of times. Write ${A_DAY}. Did you mean 00:00-24:00?`],
    ['Closed', `3:10: "Closed" is not a range of times. Write ${A_DAY}. Did you mean closed?`],
    ['false', `3:10: false is not a range of times. Write ${A_DAY}. Did you mean closed?`],
    ['9:00', `3:10: "9:00" is not a range of times. Write ${A_DAY}.`],
    ['"9:00-"', `3:10: "9:00-" is not a range of times. Write ${A_DAY}.`],
    ['900', `3:10: 900 is not a range of times. Write ${A_DAY}.`],
    ['at night', `3:10: "at night" is not a range of times. Write ${A_DAY}.`],
    ['31-32', `3:10: "31-32" is not a range of times. Write ${A_DAY}.`],
    ['{ from: 9 }', `3:10: This must be a range of times, not a mapping. Write ${A_DAY}.`],
    ['[[09:00-12:00]]', `3:11: This must be a range of times, not a list. Write ${A_DAY}.`],
    ['[]', `3:10: This list is empty. Write ${A_DAY}.`],
    ['[closed]', '3:11: A day that is closed has no list. Write: closed'],
    ['25:00-26:00', '3:10: There is no time 25:00. Times go from 00:00 to 23:59; 24:00 can be an end.'],
    ['09:00-12:60', '3:10: There is no time 12:60. Times go from 00:00 to 23:59; 24:00 can be an end.'],
    ['22:00-24:01', '3:10: There is no time 24:01. Times go from 00:00 to 23:59; 24:00 can be an end.'],
    ['24:00-02:00', '3:10: 24:00 can only be an end. As a start, midnight is 00:00 of the day that begins.'],
  ])('is explained: %s', (value, problem) => {
    expect(day(value).problems).toEqual([problem]);
  });

  it('that is empty is explained, with what a comma does to a mapping in one line', () => {
    const empty = `Nothing is given here. Write ${A_DAY}. Several days within { } need quotes: { "sat, sun": closed }.`;
    expect(day('').problems).toEqual([`3:10: ${empty}`]);
    expect(read('hours: { shop: { mon,tue: 09:00-17:00 } }').problems).toEqual([`1:18: ${empty}`]);
  });

  it('does not hide what else is wrong', () => {
    expect(
      read('hours: { shop: { mon: [09:00-12:00, x], tue: y, except: { soon: z } } }').problems,
    ).toHaveLength(4);
  });
});

describe('a key that is not a day', () => {
  it.each([
    ['Mon-Fri', `"Mon-Fri" is not a day. ${NO_DAY} Did you mean "mon-fri"?`],
    ['Monday to Friday', `"Monday to Friday" is not a day. ${NO_DAY} Did you mean "mon-fri"?`],
    ['mon–fri', `"mon–fri" is not a day. ${NO_DAY} Did you mean "mon-fri"?`],
    ['mon and wed', `"mon and wed" is not a day. ${NO_DAY} Did you mean "mon, wed"?`],
    ['mo-fr', `"mo-fr" is not a day. ${NO_DAY} Did you mean "mon-fri"?`],
    ['tues', `"tues" is not a day. ${NO_DAY} Did you mean "tue"?`],
    ['wendesday', `"wendesday" is not a day. ${NO_DAY} Did you mean "wed"?`],
    ['mno', `"mno" is not a day. ${NO_DAY} Did you mean "mon"?`],
    ['mon-mon', `"mon-mon" is not a day. ${NO_DAY} Did you mean "mon"?`],
    ['weekend', `"weekend" is not a day. ${NO_DAY} Did you mean "sat-sun"?`],
    ['"[mon, wed]"', `"[mon, wed]" is not a day. ${NO_DAY} Did you mean "mon, wed"?`],
    ['exept', `"exept" is not a day. ${NO_DAY} Did you mean "except"?`],
    ['tue-thu-sat', `"tue-thu-sat" is not a day. ${NO_DAY}`],
    ['holidays', `"holidays" is not a day. ${NO_DAY}`],
    ['1', `"1" is not a day. ${NO_DAY}`],
    ['2026-12-24', '"2026-12-24" is not a day of the week. Dates stand under "except".'],
  ])('is explained: %s', (name, problem) => {
    expect(key(name).problems).toEqual([`3:5: ${problem}`]);
  });

  it('because a space is missing after its colon is explained once', () => {
    expect(read('hours: { shop: { mon: 09:00-17:00, sat:closed } }').problems).toEqual([
      '1:36: "sat:closed" is not a day. Put a space after the colon.',
    ]);
  });
});

describe('a day that is given twice', () => {
  it.each([
    [
      'mon-sun: 09:00-17:00, sun: closed',
      '1:40: The day sun is given twice, in "mon-sun" and in "sun". Keep one.',
    ],
    [
      'wed: 09:00-17:00, "mon, wed": closed',
      '1:36: The day wed is given twice, in "wed" and in "mon, wed". Keep one.',
    ],
    ['"mon, sun-tue": 09:00-17:00', '1:18: The day mon is given twice. Keep one.'],
    ['mon: 09:00-17:00, mon: closed', '1:36: The key "mon" is given twice. Keep one.'],
  ])('is an error: %s', (days, problem) => {
    expect(read(`hours: { shop: { ${days} } }`).problems).toEqual([problem]);
  });
});

describe('an exception', () => {
  it.each(['2026-12-24', '"2026-12-24"', '2028-02-29'])('has a date: %s', (name) => {
    expect(date(name).problems).toEqual([]);
  });

  it.each([
    ['2026-02-29', 'There is no 2026-02-29: 2026-02 has the days 01 to 28.'],
    ['2026-04-31', 'There is no 2026-04-31: 2026-04 has the days 01 to 30.'],
    ['2026-04-00', 'There is no 2026-04-00: 2026-04 has the days 01 to 30.'],
    ['2026-13-01', 'There is no 2026-13-01: a year has the months 01 to 12.'],
    ['2026-12-1', `"2026-12-1" is not a date. ${NO_DATE} Did you mean 2026-12-01?`],
    ['2026/12/24', `"2026/12/24" is not a date. ${NO_DATE} Did you mean 2026-12-24?`],
    ['24.12.2026', `"24.12.2026" is not a date. ${NO_DATE} Did you mean 2026-12-24?`],
    ['31.02.2026', `"31.02.2026" is not a date. ${NO_DATE}`],
    ['12/11/2026', `"12/11/2026" is not a date. ${NO_DATE}`],
    ['2026-12-24, 2026-12-25', `"2026-12-24, 2026-12-25" is not a date. ${NO_DATE}`],
    ['christmas', `"christmas" is not a date. ${NO_DATE}`],
    ['2026', `"2026" is not a date. ${NO_DATE}`],
  ])('is explained where its date cannot be read: %s', (name, problem) => {
    expect(date(name).problems).toEqual([`5:7: ${problem}`]);
  });
});

describe('hours that cannot be read', () => {
  it.each([
    ['hours:', '1:7: "hours" must be a mapping from names to the days of a week, not nothing.'],
    ['hours: [shop]', '1:8: "hours" must be a mapping from names to the days of a week, not a list.'],
    [
      'hours: { shop: 09:00-17:00 }',
      '1:16: Hours must be a mapping from days to ranges, such as mon-fri: 09:00-17:00, not "09:00-17:00".',
    ],
    ['hours: { mon-fri: 09:00-17:00 }', `1:10: ${NO_NAME}`],
    ['hours: { except: { 2026-12-25: closed } }', `1:10: ${NO_NAME}`],
    [
      'hours: { my shop: { mon: 09:00-17:00 } }',
      '1:10: "my shop" is not a name of hours. Use 1 to 64 letters from A to Z, digits, hyphens or underscores, and begin with a letter. Did you mean "my-shop"?',
    ],
    [
      'hours: { shop: { mon: 09:00-17:00, except: [2026-12-25] } }',
      '1:44: "except" must be a mapping from dates to ranges, such as 2026-12-25: closed, not a list.',
    ],
  ])('are explained: %s', (yaml, problem) => {
    expect(read(yaml).problems).toEqual([problem]);
  });

  it('are there all the same, so that no rule is blamed for using them', () => {
    expect(Object.keys(read('hours: { shop: 7, desk: { mon: x } }').hours)).toEqual(['shop', 'desk']);
  });
});

describe('what is odd about hours', () => {
  it.each([
    ['mon: [09:00-13:00, 12:00-17:00]', '1:37: "12:00-17:00" overlaps a range before it. They count as one.'],
    ['mon: 09:00-09:00', '1:23: "09:00-09:00" is a whole day, until the same time of the next.'],
    ['mon: closed', '1:16: "shop" is never open. Name its days, such as mon-fri: 09:00-17:00.'],
    ['', '1:16: "shop" is never open. Name its days, such as mon-fri: 09:00-17:00.'],
  ])('is noted: %s', (days, note) => {
    expect(read(`hours: { shop: { ${days} } }`)).toMatchObject({ problems: [], notes: [note] });
  });

  it('is not that they are open on an exception only', () => {
    expect(read('hours: { fair: { except: { 2026-12-24: 09:00-17:00 } } }').notes).toEqual([]);
  });
});

describe('a time zone', () => {
  it.each(['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Europe/Kyiv', 'US/Eastern', 'UTC', 'GMT'])(
    'is a place or UTC: %s',
    (name) => {
      expect(read(`timezone: ${name}\n`)).toMatchObject({ timezone: name, problems: [] });
    },
  );

  it.each([
    ['Berlin', `"Berlin" is not a time zone. ${NO_ZONE} Did you mean "Europe/Berlin"?`],
    ['Europe/Berln', `"Europe/Berln" is not a time zone. ${NO_ZONE} Did you mean "Europe/Berlin"?`],
    ['Eurpoe/Berlin', `"Eurpoe/Berlin" is not a time zone. ${NO_ZONE} Did you mean "Europe/Berlin"?`],
    [
      'America/New York',
      `"America/New York" is not a time zone. ${NO_ZONE} Did you mean "America/New_York"?`,
    ],
    ['Asia/Kolkatta', `"Asia/Kolkatta" is not a time zone. ${NO_ZONE} Did you mean "Asia/Kolkata"?`],
    ['"Europe/Berlin "', `"Europe/Berlin " is not a time zone. ${NO_ZONE} Did you mean "Europe/Berlin"?`],
    ['W. Europe Standard Time', `"W. Europe Standard Time" is not a time zone. ${NO_ZONE}`],
    ['GMT+1', `"GMT+1" is not a time zone. ${NO_ZONE}`],
    ['BST', `"BST" does not say where, and so not when summer time begins. ${NO_ZONE}`],
    ['CET', `"CET" does not say where, and so not when summer time begins. ${NO_ZONE}`],
    ['+01:00', `"+01:00" does not say where, and so not when summer time begins. ${NO_ZONE}`],
    [
      'Singapore',
      `"Singapore" does not say where, and so not when summer time begins. ${NO_ZONE} Did you mean "Asia/Singapore"?`,
    ],
    ['+0100', `This must be the name of a time zone, not 100. ${NO_ZONE}`],
    ['""', `"" is not a time zone. ${NO_ZONE}`],
  ])('is explained where it cannot be read: %s', (name, problem) => {
    expect(read(`timezone: ${name}\n`)).toMatchObject({ timezone: 'UTC', problems: [`1:11: ${problem}`] });
  });

  it('that is left empty is explained', () => {
    expect(read('timezone:\n').problems).toEqual([
      `1:10: This must be the name of a time zone, not nothing. ${NO_ZONE}`,
    ]);
  });
});

describe('the snippets about hours in docs/rules.md', () => {
  const guide = readFileSync('docs/rules.md', 'utf8');
  const snippets = [...guide.matchAll(/^```yaml hours\n(.*?)^```$/gms)].map(([, text = '']) => text);

  it('are there', () => {
    expect(snippets.length).toBeGreaterThan(0);
  });

  it.each(snippets)('can be copied', (snippet) => {
    expect(read(snippet)).toMatchObject({ problems: [], notes: [] });
  });
});
