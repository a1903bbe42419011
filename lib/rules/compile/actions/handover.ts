import * as z from 'zod/mini';
import { normalizeText } from '../../../text/normalize-text.ts';
import { backWords } from '../../actions/back-words.ts';
import { writtenText } from '../conditions/written-text.ts';
import { duration } from '../duration.ts';
import { about, listOf, mapping, trueOr } from '../shapes.ts';
import type { ActionForm } from './action-form.ts';
import { isLastOnly } from './last-only.ts';

const DAY = 86_400_000;
/** What the conversation keeps stays small. */
const MAX_BACK = 16;
const MAX_INVITED = 10;

interface Given {
  readonly for?: number | undefined;
  readonly back?: readonly string[] | undefined;
  readonly invite?: readonly string[] | undefined;
}

const given = mapping('"handover" is true, or it', {
  for: about('How long the bot keeps quiet; 1d when absent.', z.optional(duration)),
  back: about(
    'Words by which the customer comes back to the bot.',
    z.optional(listOf(writtenText, MAX_BACK)),
  ),
  invite: about(
    'Chat identities that are added to the conversation.',
    z.optional(listOf(writtenText, MAX_INVITED)),
  ),
});

export const handover: ActionForm<Given> = {
  about: 'Carries out what stands before it, then keeps quiet and lets people answer.',
  value: trueOr(given),
  compile: ({ for: forMs = DAY, back = [], invite = [] }, _, { names }, spot) => {
    for (const [index, word] of back.entries()) {
      if (normalizeText(word) === '') {
        spot
          .at('handover', 'back', index)
          .problem('There is nothing to see in this word. Write what customers write.');
      }
    }
    const words = backWords(back, names.keywords);
    return { actions: [{ kind: 'handover', forMs, ...words, invite: [...new Set(invite)] }] };
  },
  checkPlaces: isLastOnly('handover', 'the bot is quiet from there on'),
};
