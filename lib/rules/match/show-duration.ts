const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1_000, 's'],
] as const;

/** A duration as authors write it: 90m, 8h. */
export function showDuration(ms: number): string {
  const [unit, name] = UNITS.find(([length]) => ms % length === 0) ?? [1, 'ms'];
  return `${ms / unit}${name}`;
}
