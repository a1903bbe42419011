import { createHash } from 'node:crypto';
import { messageText } from './cut-text.ts';
import { normalizeText } from './normalize-text.ts';

/** Tells two texts apart, as keywords are compared, without keeping either: 16 characters, none for an empty text. */
export function hashText(text: string): string {
  const normal = normalizeText(messageText(text));
  return normal === '' ? '' : createHash('sha256').update(normal).digest('hex').slice(0, 16);
}
