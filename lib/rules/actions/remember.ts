import { MAX_REMEMBERED_LENGTH } from '../memory.ts';
import { fill } from '../render/fill.ts';
import { RememberedTooLongError } from '../render/render-errors.ts';
import type { TextTemplate } from '../render/text-template.ts';
import type { Action } from './action.ts';

interface Remember {
  readonly kind: 'remember';
  readonly values: Readonly<Record<string, TextTemplate>>;
}

/** A value of which nothing is left is forgotten. */
export const remember: Action<Remember, never> = {
  texts: ({ values }) => Object.values(values),
  render: () => [],
  changes: (held, values) => ({
    values: Object.fromEntries(
      Object.entries(held.values).map(([name, text]) => {
        const value = fill(text, values).trim();
        if (value.length > MAX_REMEMBERED_LENGTH)
          throw new RememberedTooLongError(name, MAX_REMEMBERED_LENGTH, value.length);
        return [name, value === '' ? null : value];
      }),
    ),
  }),
};
