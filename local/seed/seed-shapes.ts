import * as z from 'zod/mini';
import { MAX_NAME } from '../../lib/limits.ts';
import { mapping, notText, say, show, text } from '../../lib/rules/compile/shapes.ts';
import { isSid } from '../../lib/sid.ts';

/** What a seed is made of. Lists are checked on their own, item by item, so that one fault hides no other. */
const list = z.optional(z.unknown());

const name = text.check(
  z.minLength(1, 'This is empty. Write a name, or leave the key out.'),
  z.maxLength(MAX_NAME, `This is too long. At most ${MAX_NAME} characters are allowed.`),
);

const sid = (prefix: string) =>
  text.check(
    z.refine(
      (value) => isSid(prefix, value),
      `This is not a SID of this kind: expected ${prefix} and 32 hexadecimal digits. Without it one is made up.`,
    ),
  );

const attributes = z.record(
  z.string(),
  z.unknown(),
  say((input) => `"attributes" must be a mapping (key: value), not ${show(input)}.`),
);

const DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})$/;

const date = z.pipe(
  text.check(
    z.refine(
      (value) => DATE.test(value) && !Number.isNaN(Date.parse(value)),
      'This is not a date and time: expected one such as 2026-11-20T09:00:00Z.',
    ),
  ),
  z.transform((value: string) => Date.parse(value)),
);

export const seedShape = mapping('A seed', { services: list, templates: list });

export const serviceShape = mapping('A service', {
  sid: z.optional(sid('IS')),
  friendly_name: z.optional(name),
  conversations: list,
});

export const conversationShape = mapping('A conversation', {
  sid: z.optional(sid('CH')),
  unique_name: z.optional(name),
  friendly_name: z.optional(name),
  attributes: z.optional(attributes),
  date_created: z.optional(date),
  participants: list,
  messages: list,
});

export const participantShape = mapping('A participant', {
  identity: z.optional(name),
  address: z.optional(name),
  proxy_address: z.optional(name),
  attributes: z.optional(attributes),
});

export const messageShape = mapping('A message', {
  author: z.optional(name),
  body: z.string(
    say((input) =>
      input === undefined ? '"body" is missing: write what the message says.' : notText(input),
    ),
  ),
  attributes: z.optional(attributes),
  date_created: z.optional(date),
});

/** What stands beside the definition of a template, which is what POST /v1/Content takes. */
export const templateShape = z.object({
  sid: z.optional(sid('HX')),
  approved: z.optional(z.boolean(say((input) => `"approved" must be true or false, not ${show(input)}.`))),
});
