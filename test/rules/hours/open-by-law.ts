import type { OpeningHours } from '../../../lib/rules/hours/opening-hours.ts';
import { localTime, type ZoneRules } from './zone-rules.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const HORIZON = 30 * DAY;

/**
 * Whether it is open, worked out in another way than the code's: the ranges of two days stand on one line of local
 * time, and the laws of the zone say where on it we are.
 */
export function isOpenByLaw({ week, except }: OpeningHours, zone: ZoneRules, at: number): boolean {
  const local = localTime(zone, at);
  const midnight = Math.floor(local / DAY) * DAY;
  return [midnight - DAY, midnight].some((day) => {
    const date = new Date(day);
    const ranges = except?.[date.toISOString().slice(0, 10)] ?? week[(date.getUTCDay() + 6) % 7] ?? [];
    return ranges.some(([start, end]) => day + start * MINUTE <= local && local < day + end * MINUTE);
  });
}

/** The next opening, found by looking at each minute. */
export function nextByLaw(hours: OpeningHours, zone: ZoneRules, at: number): number | undefined {
  let wasOpen = isOpenByLaw(hours, zone, at);
  for (let time = Math.floor(at / MINUTE) * MINUTE + MINUTE; time <= at + HORIZON; time += MINUTE) {
    const open = isOpenByLaw(hours, zone, time);
    if (open && !wasOpen) return time;
    wasOpen = open;
  }
  return undefined;
}
