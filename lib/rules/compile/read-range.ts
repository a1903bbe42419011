import type { Range } from '../hours/opening-hours.ts';
import { show } from './shapes.ts';
import { nearest } from './suggest.ts';

const RANGE = /^(\d{1,2}):(\d{2})\s?-\s?(\d{1,2}):(\d{2})$/;
const DAY = 1440;

/** A time as people write it elsewhere: `9`, `9.30`, `9h30`, `0930`, `9:30 am`. */
const LOOSE = /^(\d{1,2})(?:[:.h]?(\d{2})|h)?\s*(am|pm)?$/;
const LOOSE_DASH = /\s*(?:[-–—−]|\bto\b|\buntil\b|\bbis\b)\s*/;
const BETWEEN_RANGES = /\s*[,;&+]\s*|\s+and\s+/;
const ALL_DAY = /^(?:open|always|all day|24 ?h(?:ours)?|24\/7|true)$/;
const NOT_AT_ALL = /^(?:off|no|none|never|shut|false)$/;

/** What a day can hold, for messages. */
export const A_DAY = '09:00-12:30, 22:00-02:00 (into the next day), a list of such ranges, or closed';

/**
 * `09:00-12:30` in minutes of the day, or what is wrong with it. An end before or at the start is in the next day, so
 * `00:00-00:00` and `00:00-24:00` are the same.
 */
export function readRange(input: unknown): Range | string {
  const parts = typeof input === 'string' ? RANGE.exec(input.trim()) : null;
  if (parts === null) return notARange(input);
  const [, startHour = '', startMinute = '', endHour = '', endMinute = ''] = parts;
  const start = toMinutes(startHour, startMinute);
  const end = toMinutes(endHour, endMinute);
  if (start === DAY) return '24:00 can only be an end. As a start, midnight is 00:00 of the day that begins.';
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

function notARange(input: unknown): string {
  if (typeof input === 'object') return `This must be a range of times, not ${show(input)}. Write ${A_DAY}.`;
  const meant = suggestDay(String(input).trim().toLowerCase());
  return `${show(input)} is not a range of times. Write ${A_DAY}.${meant && ` Did you mean ${meant}?`}`;
}

/** What somebody had in mind who wrote `9am to 5pm`, or several ranges without a list; empty where that is not sure. */
function suggestDay(text: string): string {
  if (ALL_DAY.test(text)) return '00:00-24:00';
  if (NOT_AT_ALL.test(text) || nearest(text, ['closed'])) return 'closed';
  const ranges = text.split(BETWEEN_RANGES).map(suggestRange);
  if (ranges.includes('')) return '';
  return ranges.length === 1 ? ranges.join() : `[${ranges.join(', ')}]`;
}

function suggestRange(text: string): string {
  const times = text.split(LOOSE_DASH).map(suggestTime);
  const range = times.join('-');
  return times.length === 2 && RANGE.test(range) && typeof readRange(range) !== 'string' ? range : '';
}

function suggestTime(text: string): string {
  const [, hour, minute = '00', half] = LOOSE.exec(text) ?? [];
  if (hour === undefined) return '';
  const ofDay = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'pm' ? 12 : 0);
  return `${String(ofDay).padStart(2, '0')}:${minute}`;
}
