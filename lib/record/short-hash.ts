import { createHash } from 'node:crypto';

/**
 * Tells two texts apart without keeping either.
 * @param digits hexadecimal; what is stored by it must not change.
 */
export function shortHash(text: string, digits = 16): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}
