import * as z from 'zod/mini';
import { CHANNELS } from '../../event/channels.ts';
import { DEFAULT_OPT_OUT, type OptOut } from '../../guards/stop-words.ts';
import { ignoreAccents } from '../../text/ignore-accents.ts';
import { normalizeText } from '../../text/normalize-text.ts';
import type { Otherwise, Rule, RuleBook } from '../types.ts';
import { writtenText } from './conditions/written-text.ts';
import { about, listOf, mapping, say, show } from './shapes.ts';
import type { Spot } from './spot.ts';
import { suggest } from './suggest.ts';

export const optOutSchema = mapping('"opt_out"', {
  words: about('More stop words, such as arrêt.', z.optional(listOf(writtenText))),
  handled_on: about(
    'The channels on which Twilio or the carrier answers stop words; [sms, rcs] when absent.',
    z.optional(
      z.array(
        z.enum(
          CHANNELS,
          say(
            (input) =>
              `${show(input)} is not a channel. Allowed: ${CHANNELS.join(', ')}.${suggest(String(input), CHANNELS)}`,
          ),
        ),
        say((input) => `The channels are a list, such as [sms, rcs], not ${show(input)}; [] for none.`),
      ),
    ),
  ),
});

/** What the file says of stop words. Whether a rule takes YES is known once the rules are compiled (`optOutOf`). */
export function compileOptOut(input: unknown, spot: Spot): OptOut {
  const given = input === undefined ? undefined : spot.check(optOutSchema, input);
  if (given === undefined) return DEFAULT_OPT_OUT;
  for (const [index, word] of (given.words ?? []).entries()) {
    if (normalizeText(word) !== '') continue;
    // Every picture without a caption would ask for no more messages.
    spot.at('words', index).problem('There is nothing to see in this word. Write what customers write.');
  }
  const words = (given.words ?? []).map((word) => ignoreAccents(normalizeText(word)));
  return { ...DEFAULT_OPT_OUT, words, handledOn: given.handled_on ?? DEFAULT_OPT_OUT.handledOn };
}

/**
 * What goes into the book: nothing where all is as usual.
 * @param answers the rules and what the file's `otherwise` has; a question's own speaks only while YES is ours anyway
 */
export function optOutOf(answers: readonly (Rule | Otherwise)[], optOut: OptOut): Pick<RuleBook, 'optOut'> {
  const takesYes = answers.some(({ when }) => when?.keyword?.includes('yes'));
  return optOut === DEFAULT_OPT_OUT && !takesYes ? {} : { optOut: { ...optOut, takesYes } };
}
