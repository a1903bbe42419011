import { timingSafeEqual } from 'node:crypto';
import type { FormParams } from '../event/form-params.ts';
import { hmac, signedText } from './sign-webhook.ts';

/** 20 bytes in base64, in the one spelling in which the two bits to spare are zero. */
const SIGNATURE = /^[A-Za-z0-9+/]{26}[AEIMQUYcgkosw048]=$/;

/** Whether a header can be a signature at all: the cheap question, before any secret is asked for. */
export function isSignature(header: string | undefined): header is string {
  return Boolean(header?.match(SIGNATURE));
}

/**
 * Whether one of `authTokens` signed `params` for one of `signedUrls`. Never throws. Every token and URL is tried
 * whatever came of the one before, and digests are compared in constant time, so how long it takes tells nothing.
 *
 * Only form parameters count. Twilio's other mode, a `bodySHA256` in the URL with a JSON body, would let a captured
 * signature vouch for another body, and Conversations never uses it.
 */
export function verifySignature(request: {
  readonly signature: string;
  readonly params: FormParams;
  /** From `signedUrls`. */
  readonly urls: readonly string[];
  readonly authTokens: readonly string[];
}): boolean {
  if (!isSignature(request.signature)) return false;
  const given = Buffer.from(request.signature, 'base64');
  const text = signedText(request.params);
  let matches = false;
  for (const token of request.authTokens) {
    for (const url of request.urls) {
      const equal = timingSafeEqual(given, hmac(token, url, text));
      // Anybody can sign with an empty key.
      if (equal && token !== '') matches = true;
    }
  }
  return matches;
}

const URL_PARTS = /^(https?:\/\/)(?:[^/?#]*@)?(\[[^\]/?#]*\]|[^:/?#]*)(:\d+)?([^#]*)/i;

/**
 * The strings Twilio may have signed for the configured URLs: as configured, without the port, and with the default
 * port, since Twilio keeps the port for some products and drops it for others. Never user:password, never a
 * fragment; nothing else is touched, because normalising a URL changes the string that was signed.
 */
export function signedUrls(publicUrls: readonly string[]): readonly string[] {
  return [...new Set(publicUrls.flatMap(spellings))];
}

function spellings(publicUrl: string): readonly string[] {
  const parts = URL_PARTS.exec(publicUrl);
  if (parts === null) return [];
  const [, scheme, host, port, rest] = parts;
  const defaultPort = /^https:/i.test(publicUrl) ? ':443' : ':80';
  return [`${scheme}${host}${port ?? defaultPort}${rest}`, `${scheme}${host}${rest}`];
}
