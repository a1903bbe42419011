import type { OpeningHours } from '../hours/opening-hours.ts';
import type { Spot } from './spot.ts';
export function compileHours(data: unknown, _spot: Spot): Readonly<Record<string, OpeningHours>> {
  return Object.fromEntries(Object.keys(data as object).map((name) => [name, { week: [] }]));
}
export function compileTimezone(data: unknown, _spot: Spot): string {
  return String(data);
}
