import { text } from '../shapes.ts';
import { unknownRule } from '../unknown-name.ts';
import type { ActionForm } from './action-form.ts';
import { isLastOnly } from './last-only.ts';

/** Goes on with another rule's answer. */
export const go_to: ActionForm<string> = {
  about: 'Goes on with the actions of this rule, as if it had matched.',
  value: text,
  compile: (rule, _, { names: { rules } }, spot) => {
    if (!rules.includes(rule)) {
      spot.at('go_to').problem(unknownRule(rule, rules));
    }
    return { goTo: rule };
  },
  checkPlaces: isLastOnly('go_to', 'what follows would never be said'),
};
