import * as z from 'zod/mini';
import { ANSWERED_EVENTS, CHANNELS } from '../types.ts';
import { suggest } from './suggest.ts';

/** The shapes of a rules file. Messages are whole sentences; unknown keys are told by describe-issues.ts. */

const SID = (prefix: string) => new RegExp(`^${prefix}[0-9a-fA-F]{32}$`);
const MIME = /^[a-z]+\/(?:\*|[a-z0-9][a-z0-9.+-]*)$/i;

/** Longer texts than this can be no keyword, phrase or pattern that somebody meant. */
const MAX_CONDITION = 1000;

/** Twilio's other event names. */
const OTHER_EVENTS =
  /^on(?:(?:Message|Conversation|Participant|User)(?:Add|Update|Remove)d?|ConversationStateUpdated|DeliveryUpdated)$/;

type ErrorOf = { readonly input?: unknown };

const text = z.string({ error: ({ input }: ErrorOf) => notText(input) });

const conditionText = text.check(
  z.refine((value) => value.trim() !== '', 'This is empty. Write what to look for.'),
  z.maxLength(MAX_CONDITION, `This is longer than ${MAX_CONDITION} characters.`),
);

const event = z.enum(ANSWERED_EVENTS, { error: ({ input }: ErrorOf) => notAnEvent(input) });

const channel = z.enum(CHANNELS, {
  error: ({ input }: ErrorOf) =>
    `${show(input)} is no channel. Allowed: ${CHANNELS.join(', ')}.${suggest(String(input), CHANNELS)}`,
});

const media = z.union([z.boolean(), z.string().check(z.regex(MIME))], {
  error: ({ input }: ErrorOf) =>
    `${show(input)} is no media condition. Allowed: true, false, or a MIME type such as image/* or application/pdf.`,
});

/** One or several; several may not be none. */
function listOf<T extends z.ZodMiniType>(item: T) {
  return z.pipe(
    z.transform((value: unknown) => (Array.isArray(value) ? (value as unknown[]) : [value])),
    z.array(item).check(z.minLength(1, 'This list is empty. Give at least one item, or leave the key out.')),
  );
}

function mapping<T extends z.core.$ZodLooseShape>(shape: T) {
  return z.strictObject(shape, {
    error: ({ input }: ErrorOf) => `This must be a mapping (key: value), not ${show(input)}.`,
  });
}

export const fileSchema = mapping({
  version: z.literal(1, {
    error: ({ input }: ErrorOf) =>
      input === undefined
        ? 'The version is missing. Write: version: 1'
        : `Version ${show(input)} is not known. Write: version: 1`,
  }),
  templates: z.optional(z.unknown()),
  rules: z.array(z.unknown(), {
    error: ({ input }: ErrorOf) =>
      input === undefined
        ? 'The rules are missing. Write a list under the key "rules".'
        : `The rules must be a list (each begins with "- id:"), not ${show(input)}.`,
  }),
  otherwise: z.optional(z.unknown()),
});

export const ruleSchema = mapping({
  id: z
    .string({
      error: ({ input }: ErrorOf) => (input === undefined ? 'The rule has no "id".' : notText(input)),
    })
    .check(
      z.regex(
        /^[A-Za-z][\w.-]{0,63}$/,
        'An id is 1 to 64 letters, digits, dots, hyphens or underscores, and begins with a letter.',
      ),
    ),
  when: z
    .unknown()
    .check(
      z.refine(
        (value) => value !== undefined,
        'The rule has no "when". Write "when: {}" to match every message.',
      ),
    ),
  // biome-ignore lint/suspicious/noThenProperty: the file's own word; nothing ever awaits a schema
  then: z
    .unknown()
    .check(
      z.refine(
        (value) => value !== undefined,
        'The rule has no "then". Say what to answer, or "ignore: true".',
      ),
    ),
});

export const whenSchema = mapping({
  event: z.optional(listOf(event)),
  channel: z.optional(listOf(channel)),
  media: z.optional(listOf(media)),
  keyword: z.optional(listOf(conditionText)),
  includes: z.optional(listOf(conditionText)),
  pattern: z.optional(listOf(conditionText)),
});
export type WhenInput = z.infer<typeof whenSchema>;

export const actionSchema = mapping({
  text: z.optional(text),
  split: z.optional(
    z.boolean({ error: ({ input }: ErrorOf) => `split is true or false, not ${show(input)}.` }),
  ),
  template: z.optional(text),
  variables: z.optional(
    z.record(z.string(), text, {
      error: ({ input }: ErrorOf) => `Variables are a mapping (name: value), not ${show(input)}.`,
    }),
  ),
  media: z.optional(
    text.check(
      z.regex(
        SID('ME'),
        'A media SID is ME followed by 32 hexadecimal digits, as Twilio gives it after an upload.',
      ),
    ),
  ),
  ignore: z.optional(z.literal(true, { error: 'Write "ignore: true", or leave the key out.' })),
});
export type ActionInput = z.infer<typeof actionSchema>;

export const templateSchema = mapping({
  sid: text.check(z.regex(SID('HX'), 'A content template SID is HX followed by 32 hexadecimal digits.')),
  variables: z.optional(
    z.array(text, { error: ({ input }: ErrorOf) => `Variables are a list of names, not ${show(input)}.` }),
  ),
});

function notText(input: unknown): string {
  if (input === undefined) return 'This is missing.';
  const quoted = input === null || typeof input === 'object' ? '' : ` Put it in quotes: "${String(input)}"`;
  return `This must be text, not ${show(input)}.${quoted}`;
}

function notAnEvent(input: unknown): string {
  const given = String(input);
  const allowed = `Allowed: ${ANSWERED_EVENTS.join(', ')}.`;
  if (OTHER_EVENTS.test(given)) {
    return `${given} cannot be answered: receipts, updates and state changes follow from our own replies, which would then answer themselves. ${allowed}`;
  }
  return `${show(input)} is no event. ${allowed}${suggest(given, ANSWERED_EVENTS)}`;
}

/** How a wrong value is called in a message. */
function show(input: unknown): string {
  if (input === undefined || input === null) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'a mapping';
  return typeof input === 'string' ? JSON.stringify(input.slice(0, 60)) : String(input);
}
