import { createHmac } from 'node:crypto';
import type { FormParams } from '../event/form-params.ts';
import type { SharedKey, SigningKey } from '../ports.ts';

/**
 * X-Twilio-Signature as Twilio computes it, in base64, over the URL followed by every parameter: HMAC-SHA1 with an
 * auth token, HMAC-SHA256 with a shared key, which is named in a header of its own (`signatureSettings`).
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export function signWebhook(key: SigningKey, url: string, params: FormParams): string {
  return hmac(key, url, signedText(params)).toString('base64');
}

/** The value of X-Twilio-Webhooks-Signature-Settings; there is no such header where an auth token signs. */
export function signatureSettings({ key }: SharedKey): string {
  return `key=${key},algorithm=HMAC_SHA256`;
}

/** The bytes behind a signature: 20 with an auth token, 32 with a shared key. */
export function hmac(key: SigningKey, url: string, text: string): Buffer {
  const [algorithm, secret] = typeof key === 'string' ? ['sha1', key] : ['sha256', key.secret];
  return createHmac(algorithm, secret).update(url).update(text).digest();
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
