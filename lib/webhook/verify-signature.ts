import { timingSafeEqual } from 'node:crypto';
import type { FormParams } from '../event/form-params.ts';
import type { SigningKey } from '../ports.ts';
import { hmac, signedText } from './sign-webhook.ts';

/** 20 or 32 bytes in base64, in the one spelling in which the two bits to spare are zero. */
const SIGNATURES = {
  HMAC_SHA1: /^[A-Za-z0-9+/]{26}[AEIMQUYcgkosw048]=$/,
  HMAC_SHA256: /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/,
} as const;

/** What the two headers of a signed webhook say. */
interface Signature {
  readonly algorithm: keyof typeof SIGNATURES;
  readonly digest: Buffer;
  /** The shared key that signed, where the webhook names one. */
  readonly key: string | undefined;
}

/**
 * Whether headers can be a signature at all: the cheap question, before any secret is asked for.
 * @param header X-Twilio-Signature
 * @param settings X-Twilio-Webhooks-Signature-Settings: `key=webhooks_sharedkey_…,algorithm=HMAC_SHA256`. Missing or
 * empty, the account's auth token signed.
 */
export function isSignature(header: string | undefined, settings?: string): header is string {
  return readSignature(header, settings) !== undefined;
}

/** Nobody signed the settings: they choose among the keys that are configured, and never how one of these is used. */
function readSignature(header: string | undefined, settings = ''): Signature | undefined {
  const pairs = settings.split(',').map((part): [name: string, value: string] => {
    const [name = '', ...value] = part.split('=');
    return [name.trim(), value.join('=').trim()];
  });
  const said = new Map(pairs);
  // Two answers to one question are none.
  if (said.size < pairs.length) return undefined;
  const algorithm = said.get('algorithm')?.toUpperCase() || 'HMAC_SHA1';
  if (algorithm !== 'HMAC_SHA1' && algorithm !== 'HMAC_SHA256') return undefined;
  if (!header?.match(SIGNATURES[algorithm])) return undefined;
  return { algorithm, digest: Buffer.from(header, 'base64'), key: said.get('key') || undefined };
}

/**
 * Whether one of `authTokens` signed `params` for one of `urls`. Never throws. An auth token is tried with HMAC-SHA1
 * alone and a shared key with HMAC-SHA256 alone; of those that fit, every one is tried with every URL whatever came of
 * the one before, and digests are compared in constant time, so how long it takes tells nothing.
 *
 * Only form parameters count. Twilio's other mode, a `bodySHA256` in the URL with a JSON body, would let a captured
 * signature vouch for another body, and Conversations never uses it.
 */
export function verifySignature(request: {
  /** X-Twilio-Signature. */
  readonly signature: string;
  /** X-Twilio-Webhooks-Signature-Settings. */
  readonly settings?: string | undefined;
  readonly params: FormParams;
  /** From `signedUrls`. */
  readonly urls: readonly string[];
  readonly authTokens: readonly SigningKey[];
}): boolean {
  const signature = readSignature(request.signature, request.settings);
  if (signature === undefined) return false;
  const text = signedText(request.params);
  let matches = false;
  for (const key of request.authTokens) {
    if (!fits(key, signature)) continue;
    for (const url of request.urls) {
      const equal = timingSafeEqual(signature.digest, hmac(key, url, text));
      // Anybody can sign with an empty key.
      if (equal && !isEmpty(key)) matches = true;
    }
  }
  return matches;
}

function fits(key: SigningKey, { algorithm, key: named }: Signature): boolean {
  if (typeof key === 'string') return algorithm === 'HMAC_SHA1';
  return algorithm === 'HMAC_SHA256' && (named === undefined || named === key.key);
}

function isEmpty(key: SigningKey): boolean {
  return (typeof key === 'string' ? key : key.secret) === '';
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
