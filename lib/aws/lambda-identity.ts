import type { AwsEnvironment } from './aws-endpoint.ts';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The region that Lambda puts into the environment. */
export function regionIn({ AWS_REGION: region }: AwsEnvironment): string {
  if (region) return region;
  throw Object.assign(new Error(), { name: 'RegionMissing' });
}

/** The credentials of its role that Lambda puts into the environment. */
export function credentialsIn(env: AwsEnvironment): AwsCredentials {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (!accessKeyId || !secretAccessKey)
    throw Object.assign(new Error(), { name: 'CredentialsProviderError' });
  const sessionToken = env['AWS_SESSION_TOKEN'];
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}
