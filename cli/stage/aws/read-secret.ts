import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-secrets-manager';
import type { AwsClients } from './aws-clients.ts';

/**
 * What a version of a secret holds. It is printed nowhere.
 *
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 * @param stage `AWSCURRENT`, `AWSPENDING` or `AWSPREVIOUS`
 * @returns undefined where there is no such secret, or no such version of it
 */
export async function readSecret(
  clients: AwsClients,
  SecretId: string,
  stage = 'AWSCURRENT',
): Promise<string | undefined> {
  return unlessNone(async () => {
    const command = new GetSecretValueCommand({ SecretId, VersionStage: stage });
    return (await clients.secrets().send(command)).SecretString ?? '';
  });
}

export interface SecretVersions {
  /** Which version has each label: `AWSCURRENT` and the like. */
  readonly versions: Readonly<Record<string, string>>;
  /** When a version was last made, in milliseconds since the epoch. */
  readonly changedAt: number | undefined;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html */
export async function describeSecret(
  clients: AwsClients,
  SecretId: string,
): Promise<SecretVersions | undefined> {
  return unlessNone(async () => {
    const described = await clients.secrets().send(new DescribeSecretCommand({ SecretId }));
    const labels = Object.entries(described.VersionIdsToStages ?? {}).flatMap(([id, stages]) =>
      stages.map((stage) => [stage, id] as const),
    );
    const changed = described.LastChangedDate ?? described.CreatedDate;
    return { versions: Object.fromEntries(labels), changedAt: changed?.getTime() };
  });
}

async function unlessNone<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
