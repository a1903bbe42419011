/**
 * Twilio's SIDs: two capitals for the kind of thing, then 32 hexadecimal digits.
 * https://www.twilio.com/docs/glossary/what-is-a-sid
 */
const DIGITS = '[0-9a-fA-F]{32}';

/** The source of a regular expression for SIDs with this prefix, to be part of a larger one. @default any prefix */
export function sidSource(prefix = '[A-Z]{2}'): string {
  return prefix + DIGITS;
}

/** Matches a SID with this prefix and nothing else. */
export function sidPattern(prefix: string): RegExp {
  return new RegExp(`^${sidSource(prefix)}$`);
}

export function isSid(prefix: string, value: string): boolean {
  return sidPattern(prefix).test(value);
}
