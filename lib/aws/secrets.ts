import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
} from '@aws-sdk/client-secrets-manager';
import type { ApiKey, AuthTokens, Secret } from '../ports.ts';
import { parseApiKey, parseAuthToken, SecretMalformed } from './parse-secret.ts';
import { createSecret, type SecretOptions } from './secret.ts';

export interface ReadSecretOptions extends Pick<SecretOptions<unknown>, 'clock' | 'log'> {
  /** Instead of what the SDK finds in the environment. */
  readonly client?: SecretsManagerClientConfig;
}

/** While a webhook waits, within the four seconds that receive has. */
const CLIENT = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 300, requestTimeout: 1_000, throwOnRequestTimeout: true },
};

/**
 * Every auth token that may have signed a webhook now. Twilio promotes a secondary token in one instant; with both
 * in the secret's versions (current, pending, previous) no webhook is refused before, during or after.
 * @param secretId Name or ARN.
 */
export function readAuthTokens(secretId: string, { clock, log, client }: ReadSecretOptions): AuthTokens {
  const readVersion = versionReader(secretId, client);
  const readOther = async (stage: string): Promise<readonly string[]> => {
    const text = await readVersion(stage);
    return text === undefined ? [] : tolerant(() => [parseAuthToken(text)]);
  };
  return createSecret({
    id: secretId,
    clock,
    log,
    read: async () => {
      const [current, pending, previous] = await Promise.all([
        readVersion('AWSCURRENT'),
        readOther('AWSPENDING'),
        readOther('AWSPREVIOUS'),
      ]);
      return [...new Set([parseAuthToken(present(current)), ...pending, ...previous])];
    },
  });
}

/**
 * The API key for replies.
 * @param secretId Name or ARN.
 */
export function readApiKey(secretId: string, { clock, log, client }: ReadSecretOptions): Secret<ApiKey> {
  const readVersion = versionReader(secretId, client);
  return createSecret({
    id: secretId,
    clock,
    log,
    read: async () => parseApiKey(present(await readVersion('AWSCURRENT'))),
  });
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html */
function versionReader(SecretId: string, options: SecretsManagerClientConfig = {}) {
  const client = new SecretsManagerClient({ ...CLIENT, ...options });
  return async (VersionStage: string): Promise<string | undefined> => {
    try {
      const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId, VersionStage }));
      return SecretString;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  };
}

function present(text: string | undefined): string {
  if (text !== undefined) return text;
  throw new SecretMalformed('there is no such secret, or it has no current version; create it.');
}

/** A version that is being prepared may hold anything; it is no reason to refuse the current one. */
function tolerant<T>(parse: () => readonly T[]): readonly T[] {
  try {
    return parse();
  } catch {
    return [];
  }
}
