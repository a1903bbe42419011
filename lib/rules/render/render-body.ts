import { MAX_BODY } from '../../limits.ts';
import { splitText } from '../../text/split-text.ts';
import { fillWithin } from './fill.ts';
import type { Values } from './look-up.ts';
import { BlankTextError, TextTooLongError } from './render-errors.ts';
import type { TextTemplate } from './text-template.ts';

/**
 * The Body of a message, or of several where `split` lets it be sent in parts. Nothing is ever cut off.
 * @throws BlankTextError when nothing is left to read, TextTooLongError over 1,600 characters without `split`.
 */
export function renderBody(template: TextTemplate, values: Values, split: boolean): readonly string[] {
  const text = fillWithin(split ? Number.POSITIVE_INFINITY : MAX_BODY, template, values);
  if (text.trim() === '') throw new BlankTextError();
  if (text.length <= MAX_BODY) return [text];
  if (!split) throw new TextTooLongError(MAX_BODY, text.length);
  return splitText(text, MAX_BODY).filter((part) => part.trim() !== '');
}
