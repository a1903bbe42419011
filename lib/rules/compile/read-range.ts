import type { Range } from '../hours/opening-hours.ts';
import { show } from './shapes.ts';
import { nearest } from './suggest.ts';

const RANGE = /^(\d{1,2}):(\d{2})\s?-\s?(\d{1,2}):(\d{2})$/;
const DAY = 1440;

/** A time as people write it elsewhere: `9`, `9.30`, `9h30`, `0930`, `9:30 am`. */
const LOOSE = /^(\d{1,2})(?:[:.h]?(\d{2})|h)?\s*(am|pm)?$/;
const LOOSE_DASH = /\s*(?:[-–—−]|\bto\b|\buntil\b|\bbis\b)\s*/;
const BETWEEN_RANGES = /\s*[,;&+]\s*|\s+and\s+/;
const ALL_DAY = /^(?:open|always|all day|24 ?h(?:ours)?|24\/7)$/;
const NOT_AT_ALL = /^(?:off|no|none|never|shut)$/;

export const SUCH_AS = 'such as 09:00-12:30 or 22:00-02:00';

/**
 * `09:00-12:30` in minutes of the day, or what is wrong with it. An end before or at the start is in the next day, so
 * `00:00-00:00` and `00:00-24:00` are the same.
 */
export function readRange(input: unknown): Range | string {
  const parts = typeof input === 'string' ? RANGE.exec(input.trim()) : null;
  if (parts === null) {
    return `${show(input)} is not a range of times. Write its start and its end, ${SUCH_AS}.${suggestRanges(input)}`;
  }
  const [, startHour = '', startMinute = '', endHour = '', endMinute = ''] = parts;
  const start = toMinutes(startHour, startMinute);
  const end = toMinutes(endHour, endMinute);
  if (start === DAY) return '24:00 can only be an end. A range that starts at midnight starts at 00:00.';
  if (start === undefined) return noSuchTime(startHour, startMinute);
  if (end === undefined) return noSuchTime(endHour, endMinute);
  return [start, end > start ? end : end + DAY];
}

function toMinutes(hour: string, minute: string): number | undefined {
  const minutes = Number(hour) * 60 + Number(minute);
  return minutes <= DAY && Number(minute) < 60 ? minutes : undefined;
}

function noSuchTime(hour: string, minute: string): string {
  return `There is no time ${hour}:${minute}. Times go from 00:00 to 23:59; 24:00 can be an end.`;
}

function suggestRanges(input: unknown): string {
  if (typeof input !== 'string') return '';
  const text = input.trim().toLowerCase();
  if (ALL_DAY.test(text)) return ' Did you mean "00:00-24:00"?';
  if (NOT_AT_ALL.test(text) || nearest(text, ['closed'])) return ' Did you mean "closed"?';
  const ranges = text.split(BETWEEN_RANGES).map(suggestRange);
  if (!ranges.every((range) => range !== undefined)) return '';
  return ranges.length === 1 ? ` Did you mean "${ranges[0]}"?` : ` Did you mean [${ranges.join(', ')}]?`;
}

function suggestRange(text: string): string | undefined {
  const times = text.split(LOOSE_DASH).map(suggestTime);
  const range = times.join('-');
  return times.length === 2 && typeof readRange(range) !== 'string' ? range : undefined;
}

function suggestTime(text: string): string {
  const [, hour = '', minute = '00', half] = LOOSE.exec(text) ?? [];
  const ofDay = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'pm' ? 12 : 0);
  return hour === '' ? '' : `${String(ofDay).padStart(2, '0')}:${minute}`;
}
