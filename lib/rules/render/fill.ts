import { lookUp, type Values } from './look-up.ts';
import type { TextTemplate } from './text-template.ts';

/**
 * The text filled with what the customer wrote; where that is longer than `most`, with what the pattern matched. Whoever
 * bounds a group bounds the latter: one match of a dot may be a family of five code points, or a letter with a hundred
 * accents behind it.
 * @param most UTF-16 units
 */
export function fillWithin(
  most: number,
  text: TextTemplate,
  values: Values,
  tidy?: (value: string) => string,
): string {
  const filled = fill(text, values, tidy);
  const { composed } = values;
  return filled.length <= most || composed === undefined
    ? filled
    : fill(text, { ...values, match: composed }, tidy);
}

/**
 * A text with every value in its place. A value that `tidy` leaves nothing of is absent, so that its default applies.
 */
export function fill(text: TextTemplate, values: Values, tidy = (value: string) => value): string {
  return text
    .map((part) => {
      if (typeof part === 'string') return part;
      return tidy(lookUp(part.path, values) ?? '') || (part.default ?? '');
    })
    .join('');
}
