import * as z from 'zod/mini';
import { say, show } from '../shapes.ts';

/** What the fields of content types are made of. A placeholder may stand in each text, and has no length yet. */

const PLACEHOLDER = /\{\{\s*[A-Za-z0-9_]+\s*\}\}/g;

/** A text that must be there. @param max characters, placeholders not counted; none where Twilio names no limit */
export function words(name: string, max = Number.POSITIVE_INFINITY) {
  return z.string(say((input) => missingOr(name, input, 'text in quotes'))).check(
    z.refine(
      (value) => value.trim() !== '',
      say(() => `"${name}" is empty. Write what customers see.`),
    ),
    z.refine((value) => lengthOf(value) <= max, say(tooLong(name, max))),
  );
}

/** A text that may be left out. */
export function mayHave(name: string, max = Number.POSITIVE_INFINITY) {
  return z.optional(
    z
      .string(say((input) => missingOr(name, input, 'text in quotes')))
      .check(z.refine((value) => lengthOf(value) <= max, say(tooLong(name, max)))),
  );
}

/** A list of `item`. @param most how many Twilio takes */
export function several<T extends z.ZodMiniType>(name: string, item: T, most = Number.POSITIVE_INFINITY) {
  return z
    .array(
      item,
      say((input) => missingOr(name, input, 'a list, in [ ]')),
    )
    .check(
      z.refine(
        (list) => list.length > 0,
        say(() => `"${name}" is empty. Give at least one.`),
      ),
      z.refine(
        (list) => list.length <= most,
        say((input) => `These are ${(input as unknown[]).length}; Twilio takes at most ${most}.`),
      ),
    );
}

/** The address of something that Twilio or the customer's phone fetches. */
export const url = z.string(say((input) => missingOr('url', input, 'text in quotes'))).check(
  z.refine(
    (value) => hasPlaceholder(value) || /^https?:\/\/[^\s/]/.test(value),
    say((input) => `${show(input)} is not an address. Write one that begins with https://`),
  ),
);

/** https://www.twilio.com/docs/glossary/what-e164 */
export const phone = z.string(say((input) => missingOr('phone', input, 'text in quotes'))).check(
  z.refine(
    (value) => hasPlaceholder(value) || /^\+[1-9]\d{6,14}$/.test(value),
    say((input) => `${show(input)} is not a phone number. Write + and the country code, then digits only.`),
  ),
);

/** A number, or a placeholder in quotes. */
export function degrees(name: string, most: number) {
  return z.unknown().check(
    z.refine(
      (value) => (typeof value === 'number' ? Math.abs(value) <= most : hasPlaceholder(String(value))),
      say((input) => missingOr(name, input, `a number from -${most} to ${most}`)),
    ),
  );
}

/** One of a few words. */
export function oneOf<const T extends readonly string[]>(name: string, allowed: T) {
  return z.enum(
    allowed,
    say((input) => missingOr(name, input, allowed.join(', '))),
  );
}

function missingOr(name: string, input: unknown, expected: string): string {
  return input === undefined
    ? `"${name}" is missing. Expected ${expected}.`
    : `"${name}" is ${show(input)}. Expected ${expected}.`;
}

function hasPlaceholder(value: string): boolean {
  return value.replace(PLACEHOLDER, '') !== value;
}

function lengthOf(value: string): number {
  return value.replace(PLACEHOLDER, '').length;
}

function tooLong(name: string, max: number) {
  return (input: unknown) =>
    `"${name}" is ${lengthOf(String(input))} characters long; it holds at most ${max}.`;
}
