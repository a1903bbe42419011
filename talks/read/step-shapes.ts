import * as z from 'zod/mini';
import { listOf, mapping, say, show, text } from '../../lib/rules/compile/shapes.ts';
import { toMs } from '../../lib/rules/compile/to-ms.ts';

/** What the steps of a talk are made of. Everything in the file is read as text, so `says: 007` is what it looks like. */

const something = text.check(z.refine((given) => given !== '', 'This is empty. Write what is meant.'));

const yesOrNo = z.pipe(
  z.enum(
    ['true', 'false'],
    say((input) => `Write true or false, not ${show(input)}.`),
  ),
  z.transform((given) => given === 'true'),
);

const MIME = /^[\w.+-]+\/[\w.+-]+$/;
const mimeType = text.check(
  z.regex(
    MIME,
    say((input) => `${show(input)} is not the type of a file. Write one such as image/jpeg.`),
  ),
);

const attributes = z.record(
  z.string(),
  text,
  say((input) => `These must be a mapping (name: value), not ${show(input)}.`),
);

const waits = z.pipe(
  text.check(
    z.refine(
      (given) => toMs(given) !== undefined,
      say((input) => `${show(input)} is not a duration. Write a number and s, m, h or d, such as 90m or 2d.`),
    ),
  ),
  z.transform((given) => toMs(given) ?? 0),
);

const agent = z
  .record(
    z.string(),
    something,
    say(() => 'Say who writes, and what: agent: { dana: Hello }'),
  )
  .check(
    z.refine(
      (given) => Object.keys(given).length === 1,
      'One person writes in a step. Write: agent: { dana: Hello }',
    ),
  );

const code = text.check(
  z.regex(
    /^\d{4,6}$/,
    say((input) => `${show(input)} is not an error code of Twilio’s. Write one such as 63016.`),
  ),
);

export const handoverShape = mapping('"handover" is true, or it', {
  for: z.optional(waits),
  back: z.optional(listOf(text)),
  invite: z.optional(listOf(text)),
});

/** What a handler returns. */
export const returnedShape = mapping('What a call returns is "fails", or it', {
  text: z.optional(text),
  split: z.optional(yesOrNo),
  template: z.optional(something),
  variables: z.optional(attributes),
  media: z.optional(something),
  remember: z.optional(attributes),
  forget: z.optional(listOf(something)),
  tag: z.optional(attributes),
  handover: z.optional(
    z.pipe(
      z.transform((given: unknown) => (given === 'true' ? {} : given)),
      handoverShape,
    ),
  ),
});

export const STEP_SHAPES = {
  says: mapping('"says"', { text: something, from: z.optional(something), before: z.optional(yesOrNo) }),
  taps: mapping('"taps"', { title: something, from: z.optional(something) }),
  sends: mapping('"sends"', {
    media: listOf(mimeType),
    text: z.optional(text),
    from: z.optional(something),
    before: z.optional(yesOrNo),
  }),
  waits,
  agent,
  program: mapping('"program"', { waits: z.optional(something), text: z.optional(something) }),
  joins: something,
  leaves: something,
  begins: yesOrNo,
  fails: code,
  call: z.record(
    z.string(),
    z.unknown(),
    say(() => 'Say which handler returns what: call: { orderStatus: { text: It is packed. } }'),
  ),
  bot: z.unknown(),
  silence: text,
  'handed over': z.union(
    [z.literal(''), yesOrNo],
    say((input) => `Write true or false, not ${show(input)}.`),
  ),
  remembered: z.union(
    [z.literal(''), attributes],
    say((input) => `What is remembered is a mapping (name: value), not ${show(input)}.`),
  ),
  language: text,
};

export const talkShape = mapping('A talk', {
  talk: z
    .string(
      say((input) =>
        input === undefined
          ? 'The talk has no name. Begin it with "- talk:".'
          : `The name of a talk is text, not ${show(input)}.`,
      ),
    )
    .check(z.refine((given) => given !== '', 'The talk has no name. Say in a few words what it shows.')),
  channel: z.optional(z.unknown()),
  at: z.optional(text),
  participant: z.optional(attributes),
  conversation: z.optional(attributes),
  steps: z.array(
    z.unknown(),
    say((input) =>
      input === undefined
        ? 'The talk has no "steps".'
        : `The steps are a list (each begins with "- "), not ${show(input)}.`,
    ),
  ),
});

export const itemShape = mapping('What the bot says', {
  text: z.optional(text),
  matching: z.optional(something),
  template: z.optional(something),
  variables: z.optional(attributes),
  media: z.optional(something),
  rule: z.optional(something),
  tag: z.optional(
    z.union(
      [z.literal('true'), attributes],
      say((input) => `"tag" is a mapping (name: value), not ${show(input)}.`),
    ),
  ),
  handover: z.optional(z.unknown()),
});

/** Every key that may stand anywhere in a file of talks. */
export const KNOWN_KEYS: ReadonlySet<string> = new Set([
  ...[talkShape, itemShape, handoverShape, returnedShape].flatMap(({ shape }) => Object.keys(shape)),
  ...Object.keys(STEP_SHAPES),
  ...[STEP_SHAPES.says, STEP_SHAPES.sends, STEP_SHAPES.taps].flatMap(({ shape }) => Object.keys(shape)),
]);
