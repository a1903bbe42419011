import { lookUp, type Values } from './look-up.ts';
import type { TextTemplate } from './text-template.ts';

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
