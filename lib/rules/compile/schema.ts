import * as z from 'zod/mini';
import { sidPattern } from '../../sid.ts';
import { durationOrZero } from './duration.ts';
import { mapping, needed, notText, say, show, text } from './shapes.ts';

/** The shapes of the pieces of a rules file, but for conditions and actions, which have files of their own. */

const ID = /^[A-Za-z][\w.-]{0,63}$/;

export const fileSchema = mapping('A rules file', {
  version: z.literal(
    1,
    say((input) =>
      input === undefined
        ? 'The version is missing. Write: version: 1'
        : `Version ${show(input)} is not known. Write: version: 1`,
    ),
  ),
  timezone: z.optional(z.unknown()),
  languages: z.optional(z.unknown()),
  hours: z.optional(z.unknown()),
  quiet_after_person: z.optional(durationOrZero),
  opt_out: z.optional(z.unknown()),
  templates: z.optional(z.unknown()),
  rules: z.array(
    z.unknown(),
    say((input) =>
      input === undefined
        ? 'The rules are missing. Write a list under the key "rules".'
        : `The rules must be a list (each begins with "- id:"), not ${show(input)}.${listFix(input)}`,
    ),
  ),
  otherwise: z.optional(z.unknown()),
});

/** Rules that were written by their names, or one rule without its dash. */
function listFix(input: unknown): string {
  const [name] = Object.keys(Object(input));
  if (typeof input !== 'object' || Array.isArray(input) || name === undefined) return '';
  return name === 'id' ? ' Put "- " before "id".' : ` Write: - id: ${name}`;
}

export const ruleSchema = mapping('A rule', {
  id: z
    .string(say((input) => (input === undefined ? 'The rule has no "id".' : notText(input))))
    .check(
      z.regex(
        ID,
        'An id is 1 to 64 letters, digits, dots, hyphens or underscores, and begins with a letter.',
      ),
    ),
  when: z.optional(z.unknown()),
  // biome-ignore lint/suspicious/noThenProperty: the file's own word; nothing ever awaits a schema
  then: needed('The rule has no "then". Say what to answer, or "ignore: true".'),
  otherwise: z.optional(z.unknown()),
});

export const templateSchema = mapping('A template', {
  sid: z
    .string(say((input) => (input === undefined ? 'The template has no "sid".' : notText(input))))
    .check(z.regex(sidPattern('HX'), 'A content template SID is HX followed by 32 hexadecimal digits.')),
  variables: z.optional(
    z.array(
      text,
      say((input) => `Variables are a list of names, not ${show(input)}.`),
    ),
  ),
});

export const templatesSchema = z.record(
  z.string(),
  z.unknown(),
  say((input) => `The templates must be a mapping from names to "sid" and "variables", not ${show(input)}.`),
);

/** What Conversations can send: https://www.twilio.com/docs/conversations/send-rich-content-messages */
export const CONTENT_TYPES: readonly string[] = [
  'twilio/text',
  'twilio/media',
  'twilio/location',
  'twilio/quick-reply',
  'twilio/call-to-action',
  'twilio/list-picker',
  'twilio/card',
  'whatsapp/card',
  'whatsapp/flows',
];

/** The body of POST /v1/Content: https://www.twilio.com/docs/content/content-api-resources */
export const definitionSchema = mapping('A template file', {
  friendly_name: z.optional(z.string('The friendly_name must be text.')),
  language: z.string('The language is missing. Write "language": "en" or another code.'),
  variables: z.optional(
    z.record(z.string(), z.string('A sample value must be text.'), 'The sample values must be a mapping.'),
  ),
  types: z.record(
    z.string(),
    z.record(z.string(), z.unknown(), 'A content type must be a mapping.'),
    'The types are missing, for example {"twilio/text": {"body": "…"}}.',
  ),
});
