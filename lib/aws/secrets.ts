import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
} from '@aws-sdk/client-secrets-manager';
import { environment } from '../config.ts';
import type { ApiKey, AuthTokens, Secret, SigningKey } from '../ports.ts';
import { USER_AGENT } from '../user-agent.ts';
import { awsEndpoint } from './aws-endpoint.ts';
import { errorName } from './aws-error.ts';
import { credentialsIn, regionIn } from './lambda-identity.ts';
import { parseApiKey, parseSigningKeys } from './parse-secret.ts';
import { createSecret, type SecretOptions } from './secret.ts';
import { SecretMalformedError } from './secret-malformed-error.ts';
import { SecretUnavailableError } from './secret-unavailable-error.ts';
import { type AwsRequest, createSender } from './send-request.ts';

export interface ReadSecretOptions extends Pick<SecretOptions<unknown>, 'clock' | 'log'> {
  /** Instead of what Lambda's environment says. */
  readonly client?: SecretsManagerClientConfig;
}

/** While a webhook waits, within the four seconds that receive has. */
const MAX_ATTEMPTS = 2;
const CONNECT_TIMEOUT_MS = 300;
const ANSWER_TIMEOUT_MS = 1_000;

/**
 * Every key that may have signed a webhook now. Twilio promotes a secondary token in one instant; with both in the
 * secret's versions (current, pending, previous) no webhook is refused before, during or after. The current version
 * alone is needed: what the others hold, and whether they may be read at all, costs nobody the good one.
 * @param secretId Name or ARN.
 */
export function readAuthTokens(secretId: string, { clock, log, client }: ReadSecretOptions): AuthTokens {
  const readVersion = versionReader(secretId, client);
  const lastRead = new Map<string, readonly SigningKey[]>();
  const unread = new Map<string, SecretUnavailableError>();
  const readOther = async (stage: string): Promise<readonly SigningKey[]> => {
    unread.delete(stage);
    try {
      const text = await readVersion(stage);
      lastRead.set(stage, text === undefined ? [] : parseSigningKeys(text));
    } catch (error) {
      // One that is being prepared may hold anything.
      if (error instanceof SecretMalformedError) lastRead.delete(stage);
      else {
        log.count('secret_version_unreadable', errorName(error));
        // Whoever may not read it will not read it the next time either.
        if (errorName(error) !== 'AccessDeniedException')
          unread.set(stage, new SecretUnavailableError(secretId, error));
      }
    }
    return lastRead.get(stage) ?? [];
  };
  const secret = createSecret({
    id: secretId,
    clock,
    log,
    read: async () => {
      const [current, pending, previous] = await Promise.all([
        readVersion('AWSCURRENT'),
        readOther('AWSPENDING'),
        readOther('AWSPREVIOUS'),
      ]);
      return unique([...parseSigningKeys(present(current)), ...pending, ...previous]);
    },
  });
  return { ...secret, doubt: () => secret.doubt?.() ?? unread.values().next().value };
}

function unique(keys: readonly SigningKey[]): readonly SigningKey[] {
  const ids = keys.map((key) => (typeof key === 'string' ? key : `${key.key} ${key.secret}`));
  return keys.filter((_, index) => ids.indexOf(ids[index] ?? '') === index);
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
function versionReader(SecretId: string, options: SecretsManagerClientConfig = IN_LAMBDA) {
  const client = new SecretsManagerClient({
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: createRequestHandler(),
    cacheMiddleware: true,
    ...options,
  });
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
  throw new SecretMalformedError('there is no such secret, or it has no current version; create it.');
}

/** Sends as the queue and the table do. */
function createRequestHandler(): NonNullable<SecretsManagerClientConfig['requestHandler']> {
  const send = createSender({ connectTimeoutMs: CONNECT_TIMEOUT_MS, answerTimeoutMs: ANSWER_TIMEOUT_MS });
  const handle = async (request: AwsRequest) => {
    const headers = { ...request.headers, 'user-agent': USER_AGENT };
    const { body, ...answer } = await send({ ...request, headers });
    return { response: { ...answer, body: Buffer.from(body) } };
  };
  return { handle } as unknown as NonNullable<SecretsManagerClientConfig['requestHandler']>;
}

/**
 * All that the client would otherwise look for in files and in the environment. The bundles use it in no other way, and
 * build/leave-out.ts leaves out of them what it never needs then.
 */
const IN_LAMBDA: SecretsManagerClientConfig = {
  region: async () => regionIn(environment()),
  credentials: async () => credentialsIn(environment()),
  endpointProvider: ({ Region = '' }) => ({
    url: new URL(awsEndpoint('secretsmanager', Region, environment())),
  }),
  ignoreConfiguredEndpointUrls: true,
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
  defaultsMode: 'legacy',
  retryMode: 'standard',
  authSchemePreference: [],
  disableClockSkewCorrection: false,
  userAgentAppId: '',
};
