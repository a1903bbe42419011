import * as z from 'zod/mini';
import { sidPattern } from '../../sid.ts';
import { DURATION_OR_ZERO, durationOrZero } from './duration.ts';
import { about, mapping, needed, notText, say, show, text } from './shapes.ts';
import { ID, wrongName } from './wrong-name.ts';

/** The shapes of the pieces of a rules file, but for conditions and actions, which have files of their own. */

export const fileSchema = mapping('A rules file', {
  version: about(
    'The version of this language: 1.',
    z.literal(
      1,
      say((input) =>
        input === undefined
          ? 'The version is missing. Write: version: 1'
          : `Version ${show(input)} is not known. Write: version: 1`,
      ),
    ),
  ),
  timezone: about(
    'The time zone of the hours and of now.date and now.time, such as Europe/Berlin; UTC when absent.',
    z.optional(z.unknown()),
    { type: 'string' },
  ),
  languages: about(
    'The languages that the bot speaks; the first stands in for the others.',
    z.optional(z.unknown()),
    {
      type: 'array',
      items: { type: 'string' },
      minItems: 1,
    },
  ),
  hours: about(
    'Opening hours by name: days such as mon-fri, and "except" for dates.',
    z.optional(z.unknown()),
    {
      type: 'object',
      additionalProperties: { type: 'object' },
    },
  ),
  quiet_after_person: about(
    'How long the bot keeps quiet after a person has written: 90m, 8h, 2d, at most 30d; 0 switches it off.',
    z.optional(durationOrZero),
    DURATION_OR_ZERO,
  ),
  opt_out: about('More stop words, and the channels on which Twilio answers them.', z.optional(z.unknown())),
  templates: about('The Content templates that rules may use, by name.', z.optional(z.unknown())),
  rules: about(
    'The rules, in the order in which they are asked; the first that matches answers.',
    z.array(
      z.unknown(),
      say((input) =>
        input === undefined
          ? 'The rules are missing. Write a list under the key "rules".'
          : `The rules must be a list (each begins with "- id:"), not ${show(input)}.${listFix(input)}`,
      ),
    ),
  ),
  otherwise: about('The answer to a message that no rule matches.', z.optional(z.unknown())),
});

/** Rules that were written by their names, or one rule without its dash. */
function listFix(input: unknown): string {
  const [name] = Object.keys(Object(input));
  if (typeof input !== 'object' || Array.isArray(input) || name === undefined) return '';
  return name === 'id' ? ' Put "- " before "id".' : ` Write: - id: ${name}`;
}

export const ruleSchema = mapping(
  'A rule',
  {
    id: about(
      'Its name in logs and decisions: letters, digits, dots, hyphens and underscores.',
      z.string(say(notAnId)).check(
        z.regex(
          ID,
          say((input) => wrongName('id', input)),
        ),
      ),
    ),
    when: about(
      'Its conditions, all of which must hold; {} matches every message, and without it the rule never answers by itself.',
      z.optional(z.unknown()),
    ),
    // biome-ignore lint/suspicious/noThenProperty: the file's own word; nothing ever awaits a schema
    then: about(
      'One action, or a list of actions that are carried out in order.',
      needed('The rule has no "then". Say what to answer, or "ignore: true".'),
    ),
    otherwise: about(
      'What answers while its question is open and no rule does: actions, or a list of when and then.',
      z.optional(z.unknown()),
    ),
  },
  () => 'A rule begins with "- id:" and has "when" and "then" below it.',
);

/** A number in quotes would still not be one. */
function notAnId(input: unknown): string {
  if (input === undefined || input === null) return 'The rule has no "id".';
  return typeof input === 'number' ? wrongName('id', input) : notText(input);
}

const contentSid = z.string(say(notText)).check(z.regex(sidPattern('HX'), say(notContentSid)));

function notContentSid(input: unknown): string {
  return `A content template SID is HX followed by 32 hexadecimal digits, not ${show(input)}.`;
}

export const templateSchema = mapping(
  'A template',
  {
    sid: about(
      'What Twilio calls it: HX and 32 hexadecimal digits, or one for each language.',
      z.union(
        [contentSid, z.record(z.string(), contentSid)],
        say((input) =>
          input === undefined
            ? 'The template has no "sid".'
            : typeof input === 'string'
              ? notContentSid(input)
              : notText(input),
        ),
      ),
    ),
    variables: about(
      'Every placeholder that it has.',
      z.optional(
        z.array(
          text,
          say((input) => `Variables are a list of names, not ${show(input)}.`),
        ),
      ),
    ),
  },
  (input) =>
    typeof input === 'string' ? `Write: { sid: ${input} }` : 'Write its "sid" and its "variables".',
);

export const templatesSchema = z.record(
  z.string(),
  z.unknown(),
  say((input) => `The templates must be a mapping from names to "sid" and "variables", not ${show(input)}.`),
);

/** The body of POST /v1/Content: https://www.twilio.com/docs/content/content-api-resources */
export const definitionSchema = mapping('A template file', {
  friendly_name: z.optional(z.string('The friendly_name must be text.')),
  language: z
    .string('The language is missing. Write "language": "en" or another code.')
    .check(
      z.minLength(1, 'The language is empty. Write "en" or another code.'),
      z.maxLength(16, 'A language code has at most 16 characters, such as "en" or "pt_BR".'),
    ),
  variables: z.optional(
    z.record(z.string(), z.string('A sample value must be text.'), 'The sample values must be a mapping.'),
  ),
  types: z.record(
    z.string(),
    z.record(z.string(), z.unknown(), 'A content type must be a mapping.'),
    'The types are missing, for example {"twilio/text": {"body": "…"}}.',
  ),
});
