import { createHmac } from 'node:crypto';
import type { FormParams } from '../event/form-params.ts';

/**
 * X-Twilio-Signature as Twilio computes it: HMAC-SHA1, in base64, over the URL followed by every parameter.
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export function signWebhook(authToken: string, url: string, params: FormParams): string {
  return hmac(authToken, url, signedText(params)).toString('base64');
}

/** The 20 bytes behind a signature. */
export function hmac(authToken: string, url: string, text: string): Buffer {
  return createHmac('sha1', authToken).update(url).update(text).digest();
}

/** The parameters as they are signed: sorted by name (code units, so upper case first), with nothing in between. */
export function signedText(params: FormParams): string {
  return sortParams(params)
    .map(([name, values]) => signedParam(name, values))
    .join('');
}

export function sortParams(
  params: FormParams,
): readonly (readonly [name: string, values: readonly string[]])[] {
  return [...params].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** One parameter as it is signed; each different value of a repeated one counts once, in sorted order. */
export function signedParam(name: string, values: readonly string[]): string {
  return [...new Set(values)]
    .sort()
    .map((value) => name + value)
    .join('');
}
