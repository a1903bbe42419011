import { parseSigningKeys } from '../../lib/aws/parse-secret.ts';
import type { SigningKey } from '../../lib/ports.ts';
import type { Stage } from './stage.ts';

/**
 * What signs webhooks as far as the stage knows: the secret's current version, or the local world's token.
 * @throws SecretMalformedError for a secret that holds no key
 */
export async function readSigningKeys({ aws, settings }: Stage): Promise<readonly SigningKey[]> {
  const { TWILIO_AUTH_TOKEN: plain, TWILIO_AUTH_TOKEN_SECRET_ID: secretId = '' } = settings.receive;
  if (aws === undefined) return plain === undefined ? [] : [plain];
  const { readSecret } = await import('./aws/read-secret.ts');
  const text = await readSecret(aws.clients, secretId);
  return text === undefined ? [] : parseSigningKeys(text);
}
