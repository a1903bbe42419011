import fc from 'fast-check';
import type { OpeningHours, Range } from '../../../lib/rules/hours/opening-hours.ts';
import { ZONES } from './zone-rules.ts';

const MINUTE = 60_000;
const FIRST = Date.UTC(2020, 0, 2);
const LAST = Date.UTC(2035, 10, 1);

export const anyRange: fc.Arbitrary<Range> = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
  .map(([start, length]) => [start, start + length]);

export const anyDay: fc.Arbitrary<readonly Range[]> = fc.array(anyRange, { maxLength: 3 });

export const anyZone = fc.constantFrom(...ZONES);

/** Half of them within a day of a change of somebody's clocks. */
export const anyTime: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: FIRST, max: LAST }),
  fc
    .tuple(
      fc.constantFrom(
        ...ZONES.flatMap(({ changes }) => changes.map(({ at }) => at)).filter(
          (at) => at > FIRST && at < LAST,
        ),
      ),
      fc.integer({ min: -1440, max: 1440 }),
    )
    .map(([at, minutes]) => at + minutes * MINUTE),
);

const anyWeek = fc.array(anyDay, { minLength: 7, maxLength: 7 });

/** Many of their exceptions are on the days beside changes of the clocks. */
const anyDate = anyTime.map((at) => new Date(at).toISOString().slice(0, 10));

export const anyHours: fc.Arbitrary<OpeningHours> = fc.oneof(
  anyWeek.map((week) => ({ week })),
  fc.record({ week: anyWeek, except: fc.dictionary(anyDate, anyDay, { maxKeys: 40 }) }),
);
