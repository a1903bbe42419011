/** Days as people write them: dates (`2026-12-24`), with no time zone in sight. */

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
export const DAY_MINUTES = 1440;

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Monday. The first of January 1970 was a Thursday. */
export function weekdayOf(date: string): number {
  return (((Date.parse(date) / DAY_MS + 3) % 7) + 7) % 7;
}
