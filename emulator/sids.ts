import type { Random } from '../lib/ports.ts';

/** The two letters Twilio puts before 32 hexadecimal digits, one pair for each kind of thing. */
export type SidPrefix =
  | 'AC'
  | 'CH'
  | 'DY'
  | 'FL'
  | 'HX'
  | 'IG'
  | 'IM'
  | 'IS'
  | 'MB'
  | 'ME'
  | 'MG'
  | 'RL'
  | 'RQ'
  | 'SK'
  | 'SM'
  | 'US'
  | 'WA'
  | 'WH';

export type NewSid = (prefix: SidPrefix) => string;

/**
 * Makes SIDs from the given chance alone, so that one seed gives one world.
 *
 * @example
 * ```ts
 * import { createSids } from './emulator/index.ts';
 *
 * const newSid = createSids(Math.random);
 * const accountSid: string = newSid('AC');
 * ```
 */
export function createSids(random: Random): NewSid {
  return (prefix) => prefix + hexadecimal(random, 32);
}

/** A version 4 UUID from the given chance. */
export function randomUuid(random: Random): string {
  const digits = hexadecimal(random, 32);
  const variant = '89ab'.charAt(Math.floor(random() * 4));
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join('-');
}

function hexadecimal(random: Random, length: number): string {
  let digits = '';
  while (digits.length < length) {
    digits += Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  }
  return digits.slice(0, length);
}
