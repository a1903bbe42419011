import { findLanguage } from '../match/tell-language.ts';
import { MAX_REMEMBERED_LENGTH } from '../memory.ts';
import { fillWithin } from '../render/fill.ts';
import { RememberedTooLongError } from '../render/render-errors.ts';
import type { TextTemplate } from '../render/text-template.ts';
import type { Action } from './action.ts';

interface Remember {
  readonly kind: 'remember';
  readonly values: Readonly<Record<string, TextTemplate>>;
}

type Remembered = readonly [name: string, value: string | null];

/**
 * A value of which nothing is left is forgotten; one for `language` that is none of the file's languages changes
 * nothing. Characters are code points; what a pattern matched is kept in as many UTF-16 units where it can be, so that it
 * fits into a template's variable later.
 */
export const remember: Action<Remember, never> = {
  texts: ({ values }) => Object.values(values),
  render: () => [],
  changes: (held, values) => ({
    values: Object.fromEntries(
      Object.entries(held.values).flatMap(([name, text]): readonly Remembered[] => {
        const value = fillWithin(MAX_REMEMBERED_LENGTH, text, values).trim();
        if (name === 'language') return namedLanguage(value, values.languages);
        const { length } = [...value];
        if (length > MAX_REMEMBERED_LENGTH)
          throw new RememberedTooLongError(name, MAX_REMEMBERED_LENGTH, length);
        return [[name, value === '' ? null : value]];
      }),
    ),
  }),
};

function namedLanguage(value: string, languages: readonly string[]): readonly Remembered[] {
  const language = findLanguage(value, languages);
  return language === undefined ? [] : [['language', language]];
}
