import { listOf, text } from '../shapes.ts';
import { unknownRule } from '../unknown-name.ts';
import type { ConditionForm } from './condition-form.ts';

/** That it waits, check-questions.ts sees once all rules are compiled. */
export const after: ConditionForm<readonly string[], readonly string[]> = {
  about: 'The question of this rule is open to the customer, and this message came after it.',
  shape: listOf(text),
  ofMessage: true,
  check: (ids, spot, { names: { rules } }) => {
    for (const [index, id] of ids.entries()) {
      if (rules.includes(id)) continue;
      spot.at(index).problem(unknownRule(id, rules));
    }
  },
  compile: (ids) => [...new Set(ids)],
};
