import { listOf, text } from '../shapes.ts';
import { unknownHours } from '../unknown-name.ts';
import type { ConditionForm } from './condition-form.ts';

/** Names of the file's hours. */
export const namedHours: ConditionForm<readonly string[], readonly string[]> = {
  about: 'It is, or is not, open by these hours of the file.',
  shape: listOf(text),
  check: (given, spot, { names: { hours } }) => {
    for (const [index, name] of given.entries()) {
      if (hours.includes(name)) continue;
      spot.at(index).problem(unknownHours(name, hours));
    }
  },
  compile: (names) => names,
};
