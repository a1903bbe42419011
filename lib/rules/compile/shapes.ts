import * as z from 'zod/mini';
import { quote } from './yaml/slip.ts';

/** What the shapes of a rules file are made of. Messages are whole sentences; check-shape.ts says where they belong. */

export const text = z.string(say(notText));

/** @param fix how to write a mapping instead of what was found */
export function mapping<T extends z.core.$ZodLooseShape>(
  what: string,
  shape: T,
  fix?: (input: unknown) => string,
) {
  return z.strictObject(
    shape,
    say((input) => {
      const found = `${what} must be a mapping (key: value), not ${show(input)}.`;
      return fix === undefined ? found : `${found} ${fix(input)}`;
    }),
  );
}

/** The shapes that `listOf` makes: editors must know that one item needs no list. */
export const LISTS = new WeakSet<object>();

/** Those that `trueOr` makes. */
export const TRUE_OR = new WeakSet<object>();

/** One or several; several may not be none. */
export function listOf<T extends z.ZodMiniType>(item: T, most = Number.POSITIVE_INFINITY) {
  const list = z.pipe(
    z.transform((value: unknown) => (Array.isArray(value) ? (value as unknown[]) : [value])),
    z
      .array(item)
      .check(
        z.minLength(1, 'This list is empty. Give at least one item, or leave the key out.'),
        z.maxLength(most, `This list is too long. At most ${most} items are allowed.`),
      ),
  );
  LISTS.add(list);
  return list;
}

/** What editors show of a key, and what they cannot work out of its shape. */
export const EDITOR = z.registry<Readonly<Record<string, unknown>>>();

/**
 * A shape that editors explain. Each key needs a shape of its own: one that two keys share has one sentence.
 *
 * @param sentence one, for editors and docs
 * @param more JSON Schema of what its checks cannot say
 */
export function about<T extends z.ZodMiniType>(
  sentence: string,
  shape: T,
  more: Readonly<Record<string, unknown>> = {},
): T {
  EDITOR.add(shape, { description: sentence, ...more });
  return shape;
}

/** `true` for a mapping of which nothing is given. */
export function trueOr<T extends z.ZodMiniType>(shape: T) {
  const either = z.pipe(
    z.transform((value: unknown) => (value === true ? {} : value)),
    shape,
  );
  TRUE_OR.add(either);
  return either;
}

/** A value that is kept or compared: text, a number or true or false, as text. */
export const scalarText = z.pipe(
  z.union([z.string(), z.number(), z.boolean()], say(notText)),
  z.transform((value: string | number | boolean) => String(value)),
);

/** Values by name, for the action that is called `action`. */
export function namedValues(action: string) {
  return z.record(
    z.string(),
    scalarText,
    say((input) => `"${action}" is a mapping (name: value), not ${show(input)}.`),
  );
}

/** Anything, to be checked on its own later. */
export function needed(message: string) {
  return z.unknown().check(z.refine((value) => value !== undefined, message));
}

/** A message that depends on what was given. */
export function say(message: (input: unknown) => string) {
  return { error: (issue: { readonly input?: unknown }) => message(issue.input) };
}

/** What check-shape.ts, which knows the key, says better. */
export const MISSING = 'This is missing.';

export function notText(input: unknown): string {
  if (input === undefined) return MISSING;
  const fix =
    typeof input === 'object' ? (asOneText(input) ?? OPENS) : ` Put it in quotes: "${String(input)}"`;
  return `This must be text, not ${show(input)}.${input === null ? '' : fix}`;
}

/** `- Note: we are closed` is a mapping, though a list item may well be meant as one text. */
function asOneText(input: object | null): string | undefined {
  const [[key, value] = [], ...others] = Object.entries(input ?? {}) as (readonly [string, unknown])[];
  if (Array.isArray(input) || key === undefined || others.length > 0 || Object(value) === value)
    return undefined;
  const text = value === null ? `${key}:` : `${key}: ${String(value)}`;
  return ` If it is one text, put it in quotes: ${quote(text)}`;
}

/** Without quotes YAML takes {{ now }} for a mapping within a mapping. */
const OPENS = ' A text that begins with { or [ needs quotes around it.';

/** How a wrong value is called in a message. */
export function show(input: unknown): string {
  if (input === undefined || input === null) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'a mapping';
  return typeof input === 'string' ? JSON.stringify(input.slice(0, 60)) : String(input);
}
