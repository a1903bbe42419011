import { MAX_NAME } from '../lib/limits.ts';
import type { ErrorCode } from './error-table.ts';
import { RefusalError } from './refusal-error.ts';

const E164 = /^\+[1-9]\d{1,14}$/;
/** Banks and shops write from these, and a business may own one. */
const SHORT_CODE = /^[1-9]\d{2,5}$/;
/**
 * Two letters, a dot and up to 128 characters: somebody on WhatsApp whose number the business does not see
 * (https://www.twilio.com/en-us/changelog, 20 July 2026).
 */
const WHATSAPP_USER_ID = /^[A-Z]{2}\.[\w-]{1,128}$/;
/** As Twilio's OpenAPI file shows it. */
const APPLE_BUSINESS = /^urn:mbid:\S+$/;
const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** What may stand behind the prefix of each channel. */
const PREFIXED: ReadonlyMap<string, readonly RegExp[]> = new Map([
  ['whatsapp', [E164, WHATSAPP_USER_ID]],
  // A number, or the sender a business has been given.
  ['rcs', [E164, /^[\w.-]+$/]],
  ['messenger', [/^\S+$/]],
  ['gbm', [/^\S+$/]],
  ['apple', [/^\S+$/]],
]);

/** `sms` for a telephone number or a short code, else the word before the colon, or `email`. */
export function addressType(address: string, malformed: ErrorCode = 50407): string {
  if (address.length > MAX_NAME) throw new RefusalError(malformed);
  if (E164.test(address) || isShortCode(address)) return 'sms';
  const [, type = '', rest = ''] = /^([a-z]+):(.*)$/s.exec(address) ?? [];
  if (PREFIXED.get(type)?.some((form) => form.test(rest))) return type;
  if (APPLE_BUSINESS.test(address)) return 'apple';
  if (EMAIL.test(address)) return 'email';
  throw new RefusalError(malformed);
}

export function isShortCode(address: string): boolean {
  return SHORT_CODE.test(address);
}
