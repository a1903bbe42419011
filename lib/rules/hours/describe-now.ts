import { wallClock } from './wall-clock.ts';

/** `now.date`, `now.time`, or both to the second with the distance from UTC. */
export function describeNow(at: number, timezone = 'UTC', part = ''): string {
  if (timezone === 'UTC') return describe(at, 'Z', part);
  const { date, time } = wallClock(at, timezone);
  const minutes = (Date.parse(`${date}T${time}Z`) - Math.floor(at / 60_000) * 60_000) / 60_000;
  return describe(at + minutes * 60_000, offsetOf(minutes), part);
}

function describe(shown: number, offset: string, part: string): string {
  const [date = '', time = ''] = new Date(shown).toISOString().split('T');
  if (part === 'date') return date;
  return part === 'time' ? time.slice(0, 5) : `${date}T${time.slice(0, 8)}${offset}`;
}

function offsetOf(minutes: number): string {
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const two = (part: number) => String(part).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
}
