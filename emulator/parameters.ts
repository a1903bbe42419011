import { parseJson } from '../lib/json.ts';
import { isSid } from '../lib/sid.ts';
import { parseDate } from './dates.ts';
import type { ErrorCode } from './error-table.ts';
import { RefusalError } from './refusal-error.ts';

/** Reads form parameters by Twilio's names and refuses with Twilio's codes. Absent parameters are undefined. */

export function readText(
  form: URLSearchParams,
  name: string,
  max = Infinity,
  tooLong?: ErrorCode,
): string | undefined {
  const text = form.get(name) ?? undefined;
  if (text !== undefined && text.length > max) {
    throw tooLong === undefined
      ? new RefusalError(20001, `Invalid parameter: ${name} is longer than ${max} characters`)
      : new RefusalError(tooLong);
  }
  return text;
}

/** @returns milliseconds since the epoch */
export function readDate(form: URLSearchParams, name: string, code: ErrorCode): number | undefined {
  const text = form.get(name);
  if (text === null) return undefined;
  const date = parseDate(text);
  if (date === undefined) throw new RefusalError(code);
  return date;
}

/** Attributes stay the string they came as; only its form and its length in bytes are checked. */
export function readAttributes(form: URLSearchParams, maxBytes: number): string | undefined {
  const text = form.get('Attributes') ?? undefined;
  if (text !== undefined) checkAttributes(text, maxBytes);
  return text;
}

export function checkAttributes(text: string, maxBytes: number): void {
  if (Buffer.byteLength(text) > maxBytes) throw new RefusalError(50303);
  if (parseJson(text) === undefined) throw new RefusalError(50304);
}

export function readSid(
  form: URLSearchParams,
  name: string,
  prefix: string,
  code: ErrorCode,
): string | undefined {
  const sid = form.get(name) ?? undefined;
  if (sid !== undefined && !isSid(prefix, sid)) throw new RefusalError(code);
  return sid;
}

export function readChoice<const C extends string>(
  form: URLSearchParams,
  name: string,
  choices: readonly C[],
  code: ErrorCode = 20001,
): C | undefined {
  const text = form.get(name);
  if (text === null) return undefined;
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) {
    throw code === 20001
      ? new RefusalError(20001, `Invalid parameter: ${name} must be one of ${choices.join(', ')}`)
      : new RefusalError(code);
  }
  return choice;
}

export function readBoolean(form: URLSearchParams, name: string): boolean | undefined {
  const text = form.get(name)?.toLowerCase();
  if (text === undefined) return undefined;
  if (text === 'true' || text === 'false') return text === 'true';
  throw new RefusalError(20001, `Invalid parameter: ${name} must be true or false`);
}

/** An update that names none of the resource's parameters is refused. */
export function requireAny(form: URLSearchParams, names: readonly string[]): void {
  if (!names.some((name) => form.has(name))) throw new RefusalError(20161);
}
