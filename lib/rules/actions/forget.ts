import type { Action } from './action.ts';

interface Forget {
  readonly kind: 'forget';
  readonly names: 'all' | readonly string[];
}

export const forget: Action<Forget, never> = {
  texts: () => [],
  render: () => [],
  changes: ({ names }) =>
    names === 'all'
      ? { forgetsAll: true }
      : { values: Object.fromEntries(names.map((name) => [name, null])) },
};
