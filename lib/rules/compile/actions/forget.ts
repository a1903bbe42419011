import * as z from 'zod/mini';
import { listOf, say, show, text } from '../shapes.ts';
import { suggest } from '../suggest.ts';
import type { ActionForm } from './action-form.ts';

/** Names of values, or `all`. */
export const forget: ActionForm<readonly string[]> = {
  about: 'Forgets these values, or all.',
  value: listOf(
    z.union(
      [text],
      say((input) => `"forget" is "all" or a list of names, not ${show(input)}.`),
    ),
  ),
  compile: (names, _, { names: { remembered } }, spot) => {
    if (names.length === 1 && names[0] === 'all') return { actions: [{ kind: 'forget', names: 'all' }] };
    for (const [index, name] of names.entries()) {
      if (remembered.includes(name)) continue;
      const allowed =
        remembered.length === 0 ? 'The file remembers nothing.' : `Allowed: all, ${remembered.join(', ')}.`;
      spot.at('forget', index).problem(`Nothing remembers "${name}". ${allowed}${suggest(name, remembered)}`);
    }
    return { actions: [{ kind: 'forget', names }] };
  },
};
