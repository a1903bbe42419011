import type { CreateMessageParams } from './message-params.ts';
import { InvalidParameterError } from './parameter-errors.ts';
import { checkSid } from './resource-path.ts';
import { toSeconds } from './to-seconds.ts';

type Field = keyof CreateMessageParams;

const WRITERS: { readonly [F in Field]-?: (value: NonNullable<CreateMessageParams[F]>) => string } = {
  Author: (value) => value,
  Body: (value) => value,
  DateCreated: (value) => writeDate('DateCreated', value),
  DateUpdated: (value) => writeDate('DateUpdated', value),
  Attributes: (value) => writeObject('Attributes', value),
  Subject: (value) => value,
  MediaSid: (value) => checkSid('MediaSid', 'ME', value),
  ContentSid: (value) => checkSid('ContentSid', 'HX', value),
  ContentVariables: (value) => writeObject('ContentVariables', value),
};

const ONLY_ON_CREATE: readonly string[] = ['MediaSid', 'ContentSid', 'ContentVariables'] satisfies Field[];

/**
 * The parameters as Twilio's form fields; what is undefined is left out.
 * @throws InvalidParameterError for an unknown parameter, or one that Twilio takes on create only.
 */
export function messageForm(
  params: CreateMessageParams,
  operation: 'create' | 'update',
): Record<string, string> {
  const form: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(WRITERS, name))
      throw new InvalidParameterError(
        name,
        `is not a parameter of a message; allowed are ${Object.keys(WRITERS).join(', ')}.`,
      );
    if (operation === 'update' && ONLY_ON_CREATE.includes(name))
      throw new InvalidParameterError(name, 'cannot be changed once the message exists; create another one.');
    const write = WRITERS[name as Field] as (value: unknown) => string;
    form[name] = write(value);
  }
  return form;
}

/** To the second and in UTC, as Twilio's own library writes it; a string is checked and passed on. */
function writeDate(field: string, value: Date | string): string {
  const iso = typeof value === 'string' ? value : writeValid(value);
  if (iso !== undefined && ISO_8601.test(iso) && !Number.isNaN(Date.parse(iso))) return iso;
  throw new InvalidParameterError(
    field,
    'is not a date: expected a Date, or ISO 8601 such as 2026-11-20T12:00:00Z.',
  );
}

const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

function writeValid(value: Date): string | undefined {
  return Number.isNaN(value.getTime()) ? undefined : toSeconds(value);
}

/** Twilio takes these two as strings of JSON, and only objects (errors 50304 and 50527). */
function writeObject(field: string, value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InvalidParameterError(
      field,
      'must be an object; it is made into JSON here, never by the caller.',
    );
  return JSON.stringify(value);
}
