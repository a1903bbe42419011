import * as z from 'zod/mini';
import { CHANNELS } from '../../event/channels.ts';
import { ANSWERED_EVENTS } from '../match/conditions/event.ts';
import { suggest } from './suggest.ts';

/** The shapes of the pieces of a rules file. Messages are whole sentences; check-shape.ts says where they belong. */

const SID = (prefix: string) => new RegExp(`^${prefix}[0-9a-fA-F]{32}$`);
const MIME = /^[a-z]+\/(?:\*|[a-z0-9][a-z0-9.+-]*)$/i;
const ID = /^[A-Za-z][\w.-]{0,63}$/;

/** Longer texts than this can be no keyword, phrase or pattern that somebody meant. */
const MAX_CONDITION = 1000;

const text = z.string(say(notText));

const conditionText = text.check(
  z.refine((value) => value.trim() !== '', 'This is empty. Write what to look for.'),
  z.maxLength(MAX_CONDITION, `This is longer than ${MAX_CONDITION} characters.`),
);

const event = z.enum(ANSWERED_EVENTS, say(notAnEvent));

const channel = z.enum(
  CHANNELS,
  say(
    (input) =>
      `${show(input)} is no channel. Allowed: ${CHANNELS.join(', ')}.${suggest(String(input), CHANNELS)}`,
  ),
);

const media = z.union([z.boolean(), z.string().check(z.regex(MIME, say(notMedia)))], say(notMedia));

export const fileSchema = mapping('A rules file', {
  version: z.literal(
    1,
    say((input) =>
      input === undefined
        ? 'The version is missing. Write: version: 1'
        : `Version ${show(input)} is not known. Write: version: 1`,
    ),
  ),
  templates: z.optional(z.unknown()),
  rules: z.array(
    z.unknown(),
    say((input) =>
      input === undefined
        ? 'The rules are missing. Write a list under the key "rules".'
        : `The rules must be a list (each begins with "- id:"), not ${show(input)}.`,
    ),
  ),
  otherwise: z.optional(z.unknown()),
});

export const ruleSchema = mapping('A rule', {
  id: z
    .string(say((input) => (input === undefined ? 'The rule has no "id".' : notText(input))))
    .check(
      z.regex(
        ID,
        'An id is 1 to 64 letters, digits, dots, hyphens or underscores, and begins with a letter.',
      ),
    ),
  when: needed('The rule has no "when". Write "when: {}" to match every message.'),
  // biome-ignore lint/suspicious/noThenProperty: the file's own word; nothing ever awaits a schema
  then: needed('The rule has no "then". Say what to answer, or "ignore: true".'),
});

export const whenSchema = mapping('"when"', {
  event: z.optional(listOf(event)),
  channel: z.optional(listOf(channel)),
  media: z.optional(listOf(media)),
  keyword: z.optional(listOf(conditionText)),
  includes: z.optional(listOf(conditionText)),
  pattern: z.optional(listOf(conditionText)),
});
export type WhenInput = z.infer<typeof whenSchema>;

export const actionSchema = mapping('An action', {
  text: z.optional(text),
  split: z.optional(z.boolean(say((input) => `"split" is true or false, not ${show(input)}.`))),
  template: z.optional(text),
  variables: z.optional(
    z.record(
      z.string(),
      text,
      say((input) => `Variables are a mapping (name: value), not ${show(input)}.`),
    ),
  ),
  media: z.optional(
    text.check(
      z.regex(SID('ME'), 'A media SID is ME followed by 32 hexadecimal digits, as an upload returns it.'),
    ),
  ),
  ignore: z.optional(z.literal(true, 'Write "ignore: true", or leave the key out.')),
});
export type ActionInput = z.infer<typeof actionSchema>;

export const templateSchema = mapping('A template', {
  sid: z
    .string(say((input) => (input === undefined ? 'The template has no "sid".' : notText(input))))
    .check(z.regex(SID('HX'), 'A content template SID is HX followed by 32 hexadecimal digits.')),
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

function mapping<T extends z.core.$ZodLooseShape>(what: string, shape: T) {
  return z.strictObject(
    shape,
    say((input) => `${what} must be a mapping (key: value), not ${show(input)}.`),
  );
}

/** One or several; several may not be none. */
function listOf<T extends z.ZodMiniType>(item: T) {
  return z.pipe(
    z.transform((value: unknown) => (Array.isArray(value) ? (value as unknown[]) : [value])),
    z.array(item).check(z.minLength(1, 'This list is empty. Give at least one item, or leave the key out.')),
  );
}

/** Anything, to be checked on its own later. */
function needed(message: string) {
  return z.unknown().check(z.refine((value) => value !== undefined, message));
}

/** A message that depends on what was given. */
function say(message: (input: unknown) => string) {
  return { error: (issue: { readonly input?: unknown }) => message(issue.input) };
}

function notText(input: unknown): string {
  if (input === undefined) return 'This is missing.';
  const mend = typeof input === 'object' ? OPENS : ` Put it in quotes: "${String(input)}"`;
  return `This must be text, not ${show(input)}.${input === null ? '' : mend}`;
}

/** Without quotes YAML takes {{ now }} for a mapping within a mapping. */
const OPENS = ' A text that begins with { or [ needs quotes around it.';

/** Twilio's other event names. */
const OTHER_EVENTS =
  /^on(?:(?:Message|Conversation|Participant|User)(?:Add(?:ed)?|Updated?|Removed?)|ConversationStateUpdated|DeliveryUpdated)$/;

function notAnEvent(input: unknown): string {
  const given = String(input);
  const allowed = `Allowed: ${ANSWERED_EVENTS.join(', ')}.`;
  const after = ANSWERED_EVENTS.find((name) => name === `${given}ed`);
  if (after !== undefined)
    return `${given} comes before anything is there to answer. Did you mean "${after}"?`;
  if (OTHER_EVENTS.test(given)) {
    return (
      `${given} cannot be answered: receipts, updates, removals and state changes may follow from our own replies, ` +
      `which would then answer themselves. ${allowed}`
    );
  }
  return `${show(input)} is no event. ${allowed}${suggest(given, ANSWERED_EVENTS)}`;
}

function notMedia(input: unknown): string {
  return `${show(input)} is no media condition. Allowed: true, false, or a MIME type such as image/* or application/pdf.`;
}

/** How a wrong value is called in a message. */
function show(input: unknown): string {
  if (input === undefined || input === null) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'a mapping';
  return typeof input === 'string' ? JSON.stringify(input.slice(0, 60)) : String(input);
}
