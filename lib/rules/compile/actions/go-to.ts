import * as z from 'zod/mini';
import { notText, say } from '../shapes.ts';
import { unknownRule } from '../unknown-name.ts';
import type { ActionForm } from './action-form.ts';
import { isLastOnly } from './last-only.ts';

const ONE_ONLY = '"go_to" names one rule, not a list. That rule may go on to the next.';

/** Goes on with another rule's answer. */
export const go_to: ActionForm<string> = {
  about: 'Goes on with the actions of this rule, as if it had matched.',
  value: z.string(say((input) => (Array.isArray(input) ? ONE_ONLY : notText(input)))),
  compile: (rule, _, { names: { rules } }, spot) => {
    if (!rules.includes(rule)) {
      spot.at('go_to').problem(unknownRule(rule, rules));
    }
    return { goTo: rule };
  },
  checkPlaces: isLastOnly('go_to', 'what follows would never be said'),
};
