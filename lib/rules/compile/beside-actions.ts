import * as z from 'zod/mini';
import { duration } from './duration.ts';
import { about, mapping, say, show } from './shapes.ts';
import { toMs } from './to-ms.ts';

/** What stands beside an action and says how the conversation goes on. */

const DAY = 86_400_000;

/** `true` is a day. */
const waitShape = z.pipe(
  z.pipe(
    z.unknown().check(
      z.refine(
        (value) =>
          value === true || (typeof value === 'object' && value !== null) || toMs(value) !== undefined,
        say((input) => `"wait" is true (a day), or a duration such as 8h, not ${show(input)}.`),
      ),
    ),
    z.transform((value: unknown) => {
      if (value === true) return { for: '1d' };
      return typeof value === 'object' && !Array.isArray(value) ? value : { for: value };
    }),
  ),
  z.pipe(
    mapping('"wait" is a duration such as 1d, true, or it', {
      for: z.optional(duration),
      keep: z.optional(z.boolean(say((input) => `"keep" is true or false, not ${show(input)}.`))),
    }),
    z.transform(({ for: ms = DAY, keep }) => (keep === true ? { ms, keep } : { ms })),
  ),
);

const continueShape = z.literal(true, 'Write "continue: true", or leave the key out.');

const FOR = { type: 'string', pattern: '^\\d+\\s?[smhd]$' };

export const BESIDE_ACTIONS = {
  wait: about('What is said is a question, open for so long; true is a day.', waitShape, {
    anyOf: [
      { const: true },
      FOR,
      {
        type: 'object',
        properties: {
          for: { description: 'How long it is open; 1d when absent.', ...FOR },
          keep: { description: 'An answer leaves it open, as a menu.', type: 'boolean' },
        },
        additionalProperties: false,
      },
    ],
  }),
  continue: about('This is said, and the rules below decide as well.', continueShape),
};
