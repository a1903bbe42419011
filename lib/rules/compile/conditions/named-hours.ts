import { listOf, text } from '../shapes.ts';
import { suggest } from '../suggest.ts';
import type { ConditionForm } from './condition-form.ts';

/** Names of the file's hours. */
export const namedHours: ConditionForm<readonly string[], readonly string[]> = {
  about: 'It is, or is not, open by these hours of the file.',
  shape: listOf(text),
  check: (given, spot, { names: { hours } }) => {
    for (const [index, name] of given.entries()) {
      if (hours.includes(name)) continue;
      const allowed = hours.length === 0 ? 'The file has none.' : `Allowed: ${hours.join(', ')}.`;
      spot.at(index).problem(`There are no hours "${name}". ${allowed}${suggest(name, hours)}`);
    }
  },
  compile: (names) => names,
};
