/** In milliseconds. */
export const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const DURATION = /^(\d+)\s?([smhd])$/;

/** Milliseconds, however many; undefined for what is not a duration. */
export function toMs(value: unknown): number | undefined {
  if (value === 0 || value === '0') return 0;
  const [, count, unit] = typeof value === 'string' ? (DURATION.exec(value) ?? []) : [];
  return count === undefined ? undefined : Number(count) * UNITS[unit as keyof typeof UNITS];
}
