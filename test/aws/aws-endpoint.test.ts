import { resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { awsEndpoint } from '../../lib/aws/aws-endpoint.ts';

/** Where AWS's own rules look up the ends of names. */
const PARTITIONS = '@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js';
const { partitionsInfo } = await import(resolve('node_modules', PARTITIONS));
const KNOWN = (partitionsInfo.partitions as readonly { readonly regions: object }[]).flatMap(({ regions }) =>
  Object.keys(regions),
);
/** By their patterns alone: AWS opens regions without asking. */
const COMING = [
  'us-east-9',
  'cn-south-1',
  'eusc-de-west-2',
  'us-gov-north-1',
  'us-iso-south-1',
  'us-isob-north-3',
  'eu-isoe-east-1',
  'us-isof-west-9',
  'xx-new-1',
];
const FLAGS = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;
const SERVICES = [
  ['dynamodb', new DynamoDBClient({ region: 'us-east-1' })],
  ['secretsmanager', new SecretsManagerClient({ region: 'us-east-1' })],
] as const;

describe.each(SERVICES)('the endpoint of %s', (service, { config }) => {
  it.each([...KNOWN, ...COMING])('in %s is the one by the rules of AWS’s client', (Region) => {
    for (const [UseFIPS, UseDualStack] of FLAGS) {
      const env = {
        AWS_USE_FIPS_ENDPOINT: String(UseFIPS),
        AWS_USE_DUALSTACK_ENDPOINT: String(UseDualStack),
      };
      const { url } = config.endpointProvider({
        Region,
        UseFIPS,
        UseDualStack,
        AccountIdEndpointMode: 'disabled',
      });
      expect(`${awsEndpoint(service, Region, env)}/`).toBe(url.href);
    }
  });

  it.each<[env: Record<string, string>, expected: string]>([
    [{}, `https://${service}.eu-west-1.amazonaws.com`],
    [{ AWS_ENDPOINT_URL: 'http://all.example' }, 'http://all.example'],
    [
      {
        AWS_ENDPOINT_URL: 'http://all.example',
        AWS_ENDPOINT_URL_DYNAMODB: 'http://own.example',
        AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://own.example',
      },
      'http://own.example',
    ],
    [
      { AWS_ENDPOINT_URL: 'http://all.example', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
      `https://${service}.eu-west-1.amazonaws.com`,
    ],
  ])('is what the environment says: %j', (env, expected) => {
    expect(awsEndpoint(service, 'eu-west-1', env)).toBe(expected);
  });
});

it('is compared in every partition', () => {
  expect(KNOWN.length).toBeGreaterThan(45);
});
