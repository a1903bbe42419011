import * as z from 'zod/mini';
import { parseJson } from '../json.ts';
import type { ApiKey, SharedKey, SigningKey } from '../ports.ts';
import { sidPattern } from '../sid.ts';
import { SecretMalformedError } from './secret-malformed-error.ts';

const authToken = z.string().check(z.regex(/^[0-9a-fA-F]{32}$/));
const sharedKey = z.object({
  key: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,128}$/)),
  secret: z.string().check(z.regex(/^[!-~]{1,256}$/)),
});
const signingKeysJson = z.object({
  authToken: z.optional(authToken),
  authTokens: z._default(z.array(authToken), []),
  sharedKeys: z._default(z.array(sharedKey), []),
});
const apiKeyJson = z.object({
  apiKeySid: z.string().check(z.regex(sidPattern('SK'))),
  apiKeySecret: z.string().check(z.regex(/^[!-~]{1,256}$/)),
});

/**
 * The keys that sign webhooks: a bare auth token, `{"authToken":"…"}`, or
 * `{"authTokens":["…"],"sharedKeys":[{"key":"webhooks_sharedkey_…","secret":"…"}]}` with one of the lists or both.
 * @returns at least one
 * @throws SecretMalformedError
 */
export function parseSigningKeys(text: string): readonly SigningKey[] {
  const trimmed = trim(text);
  const bare = authToken.safeParse(trimmed);
  if (bare.success) return [bare.data];
  const { data } = signingKeysJson.safeParse(parseJson(trimmed));
  const { authToken: single, authTokens = [], sharedKeys = [] } = data ?? {};
  const keys = [...(single === undefined ? [] : [single]), ...authTokens, ...sharedKeys.map(hideSharedKey)];
  if (keys.length > 0) return keys;
  throw new SecretMalformedError(
    'it holds no auth token (32 hexadecimal digits) and no shared key; store the bare token, {"authToken":"…"}, or ' +
      '{"authTokens":["…"],"sharedKeys":[{"key":"webhooks_sharedkey_…","secret":"…"}]}.',
  );
}

function hideSharedKey({ key, secret }: SharedKey): SharedKey {
  return Object.defineProperty({ key, secret }, 'secret', { value: secret, enumerable: false });
}

/**
 * `{"apiKeySid":"SK…","apiKeySecret":"…"}`
 * @throws SecretMalformedError
 */
export function parseApiKey(text: string): ApiKey {
  const { data } = apiKeyJson.safeParse(parseJson(trim(text)));
  if (data !== undefined) return hideSecret(data.apiKeySid, data.apiKeySecret);
  throw new SecretMalformedError('it holds no API key; store {"apiKeySid":"SK…","apiKeySecret":"…"}.');
}

/** An API key whose secret part does not show when it is inspected, spread or made into JSON. */
export function hideSecret(sid: string, secret: string): ApiKey {
  return Object.defineProperty({ sid, secret }, 'secret', { value: secret, enumerable: false });
}

/** Consoles and editors leave newlines and a byte order mark; trim removes both. */
function trim(text: string): string {
  return text.trim();
}
