import { createHash } from 'node:crypto';
import { normalizeText } from './normalize-text.ts';

/** Characters of a text that its hash looks at. */
const MAX_HASHED = 4_096;

/** Tells two texts apart, as keywords are compared, without keeping either: 16 characters, none for an empty text. */
export function hashText(text: string): string {
  const normal = normalizeText(text.slice(0, MAX_HASHED));
  return normal === '' ? '' : createHash('sha256').update(normal).digest('hex').slice(0, 16);
}
