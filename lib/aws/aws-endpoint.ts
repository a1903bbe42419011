/** What this process finds around it, by AWS's own names of the variables. */
export type AwsEnvironment = Readonly<Record<string, string | undefined>>;

/** The partitions whose names do not end as those of all others, with the ends of their names. */
const PARTITIONS: readonly (readonly [regions: RegExp, suffix: string, dualStackSuffix: string])[] = [
  [/^(cn-\w+-\d+|aws-cn-global)$/, 'amazonaws.com.cn', 'api.amazonwebservices.com.cn'],
  [/^eusc-de-\w+-\d+$/, 'amazonaws.eu', 'api.amazonwebservices.eu'],
  [/^(us-iso-\w+-\d+|aws-iso-global)$/, 'c2s.ic.gov', 'api.aws.ic.gov'],
  [/^(us-isob-\w+-\d+|aws-iso-b-global)$/, 'sc2s.sgov.gov', 'api.aws.scloud'],
  [/^(eu-isoe-\w+-\d+|aws-iso-e-global)$/, 'cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk'],
  [/^(us-isof-\w+-\d+|aws-iso-f-global)$/, 'csp.hci.ic.gov', 'api.aws.hci.ic.gov'],
];

/** The services by their names in hosts, and in the variables that lead elsewhere. */
const VARIABLES = { dynamodb: 'DYNAMODB', secretsmanager: 'SECRETS_MANAGER' } as const;

/**
 * Where a service is for this region: what AWS_ENDPOINT_URL_DYNAMODB (or …_SECRETS_MANAGER) or AWS_ENDPOINT_URL says, or the
 * region's own, with AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT honoured. A test holds it to the SDK's rules for
 * every region. https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 *
 * For DynamoDB always the region's and never the account's own (`ACCOUNT.ddb.REGION.…`), for which the SDK needs an account
 * ID that Lambda does not put into the environment.
 */
export function awsEndpoint(service: keyof typeof VARIABLES, region: string, env: AwsEnvironment): string {
  const isSet = (name: string) => env[name] === 'true';
  const given = env[`AWS_ENDPOINT_URL_${VARIABLES[service]}`] || env['AWS_ENDPOINT_URL'];
  if (given && !isSet('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS')) return given;
  const [, suffix = 'amazonaws.com', dualStackSuffix = 'api.aws'] =
    PARTITIONS.find(([regions]) => regions.test(region)) ?? [];
  const isDualStack = isSet('AWS_USE_DUALSTACK_ENDPOINT');
  const isFips = isSet('AWS_USE_FIPS_ENDPOINT');
  // What is FIPS or dual-stack under its plain name already has no other.
  const isFipsAnyway = service === 'dynamodb' && !isDualStack && /^(us-gov-|aws-us-gov-)/.test(region);
  const isDualStackAnyway =
    service === 'secretsmanager' &&
    (suffix === 'amazonaws.com' || (suffix === 'amazonaws.com.cn' && !isFips));
  const fips = isFips && !isFipsAnyway ? '-fips' : '';
  return `https://${service}${fips}.${region}.${isDualStack && !isDualStackAnyway ? dualStackSuffix : suffix}`;
}
