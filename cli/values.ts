import { toMs } from '../lib/rules/compile/to-ms.ts';
import { isSid } from '../lib/sid.ts';
import { MISUSED } from './command.ts';
import { CommandError } from './command-error.ts';
import type { Value } from './option.ts';

/** Any text, even an empty one. */
export function anyText(name: string): Value<string> {
  return { name, expected: 'a text', read: (given) => given };
}

/** A text with something in it. */
export function textOf(name: string, expected: string): Value<string> {
  return { name, expected, read: (given) => (given.trim() === '' ? undefined : given) };
}

export function oneOf<const T extends string>(name: string, allowed: readonly T[]): Value<T> {
  const expected = `${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}`;
  return { name, expected, read: (given) => allowed.find((value) => value === given) };
}

/** 0 lets the system choose a free one. */
export const portNumber = portFrom(0);

/** Where something listens already. */
export const portInUse = portFrom(1);

function portFrom(least: number): Value<number> {
  return {
    name: 'number',
    expected: `a number from ${least} to 65535`,
    read: (given) => {
      const port = /^\d{1,5}$/.test(given) ? Number(given) : -1;
      return port >= least && port <= 65_535 ? port : undefined;
    },
  };
}

/** `localhost:3000` is an absolute URL too, with the scheme `localhost`. */
export const webAddress: Value<string> = {
  name: 'URL',
  expected: 'an absolute URL such as http://127.0.0.1:3000/webhook',
  read: (given) => (/^https?:\/\//i.test(given) && URL.canParse(given) ? given : undefined),
};

export function wholeFrom(least: number, most: number): Value<number> {
  return {
    name: 'number',
    expected: `a whole number from ${least} to ${most}`,
    read: (given) => {
      const number = /^\d{1,9}$/.test(given) ? Number(given) : -1;
      return number >= least && number <= most ? number : undefined;
    },
  };
}

/** `30m`, in milliseconds. @param most in milliseconds */
export function durationUpTo(most: number, shown: string): Value<number> {
  return {
    name: 'time',
    expected: `a number and s, m, h or d, such as 30m, at most ${shown}`,
    read: (given) => {
      const ms = toMs(given) ?? 0;
      return ms > 0 && ms <= most ? ms : undefined;
    },
  };
}

/** Twilio's Conversations are younger, and no date has more digits than JavaScript's has. */
const LONGEST_AGO_MS = 20 * 365 * 86_400_000;

/**
 * `6h`, which is so long ago, or a time. Told the present, it gives milliseconds since the epoch, and throws a CommandError
 * where that is yet to come: a mark that is set to tomorrow hides what is lost today.
 */
export const moment: Value<(now: number) => number> = {
  name: 'time',
  expected: 'how long ago, such as 90m, 6h or 3d, or a time such as 2026-11-29T03:00:00Z',
  read: (given) => {
    const ago = toMs(given);
    if (ago !== undefined) return ago > LONGEST_AGO_MS ? undefined : (now) => now - ago;
    const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z$/.test(given) ? Date.parse(given) : Number.NaN;
    // The 31st of February is read as a day in March.
    if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(given.slice(0, 16))) return undefined;
    return (now) => {
      if (at <= now) return at;
      throw new CommandError(
        MISUSED,
        `${given} is yet to come: expected ${moment.expected}; it must be past.`,
      );
    };
  },
};

/** As `moment` reads it: the second in which `at` is. */
export function showMoment(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** @param prefixes such as `CH`; a SID with any of them */
export function sidOf(prefixes: string | readonly string[], of: string): Value<string> {
  const all = [prefixes].flat();
  return {
    name: all.length === 1 ? `${all[0]}…` : 'SID',
    expected: `the SID of ${of}: ${all.join(' or ')}, and 32 hexadecimal digits`,
    read: (given) => (all.some((prefix) => isSid(prefix, given)) ? given : undefined),
  };
}

/** @throws CommandError where none of the words is given that a command needs */
export function needSome(what: string, given: readonly unknown[], expected: string): void {
  if (given.length === 0) throw new CommandError(MISUSED, `${what} is missing: expected ${expected}.`);
}

export const mimeType: Value<string> = {
  name: 'type',
  expected: 'a MIME type such as image/jpeg',
  read: (given) => (/^[\w.+-]+\/[\w.+-]+$/.test(given) ? given : undefined),
};
