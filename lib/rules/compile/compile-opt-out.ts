import * as z from 'zod/mini';
import { CHANNELS } from '../../event/channels.ts';
import { DEFAULT_OPT_OUT, keywordsBesideStopWords, type OptOut } from '../../guards/stop-words.ts';
import { normalizeText } from '../../text/normalize-text.ts';
import { keywordsOf } from '../match/is-keyword.ts';
import type { RuleBook } from '../types.ts';
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
  const words = (given.words ?? []).map(normalizeText);
  return { ...DEFAULT_OPT_OUT, words, handledOn: given.handled_on ?? DEFAULT_OPT_OUT.handledOn };
}

/** What goes into the book: nothing where all is as usual. */
export function optOutOf(
  { rules, otherwise = [] }: Pick<RuleBook, 'rules' | 'otherwise'>,
  optOut: OptOut,
): Pick<RuleBook, 'optOut'> {
  // A question's own otherwise speaks only while the question is open, and then YES is ours anyway.
  const takesYes = [...rules, ...otherwise].some(({ when }) => when?.keyword?.includes('yes'));
  const keywords = keywordsBesideStopWords([...keywordsOf({ rules, otherwise })], optOut);
  if (optOut === DEFAULT_OPT_OUT && !takesYes && keywords.length === 0) return {};
  return { optOut: { ...optOut, ...(keywords.length > 0 && { keywords }), takesYes } };
}
