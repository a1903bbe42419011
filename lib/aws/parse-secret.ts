import * as z from 'zod/mini';
import { BotError } from '../errors.ts';
import { parseJson } from '../json.ts';
import type { ApiKey } from '../ports.ts';
import { sidPattern } from '../sid.ts';

/** The secret holds something else than what is wanted. What it holds is never shown. */
export class SecretMalformed extends BotError {
  readonly code = 'secret_malformed' as const;
  override readonly retryable = true;
}

const authToken = z.string().check(z.regex(/^[0-9a-fA-F]{32}$/));
const authTokenJson = z.object({ authToken });
const apiKeyJson = z.object({
  apiKeySid: z.string().check(z.regex(sidPattern('SK'))),
  apiKeySecret: z.string().check(z.regex(/^[!-~]{1,256}$/)),
});

/**
 * The bare auth token, or `{"authToken":"…"}`.
 * @throws SecretMalformed
 */
export function parseAuthToken(text: string): string {
  const trimmed = trim(text);
  const bare = authToken.safeParse(trimmed);
  const token = bare.success ? bare.data : authTokenJson.safeParse(parseJson(trimmed)).data?.authToken;
  if (token !== undefined) return token;
  throw new SecretMalformed(
    'it holds no auth token; store the bare token (32 hexadecimal digits) or {"authToken":"…"}.',
  );
}

/**
 * `{"apiKeySid":"SK…","apiKeySecret":"…"}`
 * @throws SecretMalformed
 */
export function parseApiKey(text: string): ApiKey {
  const { data } = apiKeyJson.safeParse(parseJson(trim(text)));
  if (data !== undefined) return hideSecret(data.apiKeySid, data.apiKeySecret);
  throw new SecretMalformed('it holds no API key; store {"apiKeySid":"SK…","apiKeySecret":"…"}.');
}

/** An API key whose secret part does not show when it is inspected, spread or made into JSON. */
export function hideSecret(sid: string, secret: string): ApiKey {
  return Object.defineProperty({ sid, secret }, 'secret', { value: secret, enumerable: false });
}

/** Consoles and editors leave newlines and a byte order mark; trim removes both. */
function trim(text: string): string {
  return text.trim();
}
