import { describe, expect, it } from 'vitest';
import { applySettings, type DeployedService } from '../../build/apply-deploy-settings.ts';
import { DEPLOY_SETTINGS, parameterOf, readDeploySettings } from '../../build/deploy-settings.ts';

const certificate = 'arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef';
const key = 'arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef';
const problemsOf = (given: Record<string, string>) => readDeploySettings(given, 'eu-west-1').problems;

describe('the settings of the deployment', () => {
  it('may all be left out', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it('are good as an operator writes them', () => {
    const given = {
      DOMAIN_NAME: 'bot.example.com',
      CERTIFICATE_ARN: certificate,
      KMS_KEY_ARN: key,
      MAX_CONCURRENCY: '10',
      ROLLBACK_MINUTES: '0',
      TAGS: 'owner=support, cost-center=1234,note=',
    };
    const { settings, problems } = readDeploySettings(given, 'eu-west-1');
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({
      MAX_CONCURRENCY: 10,
      ROLLBACK_MINUTES: 0,
      TAGS: { owner: 'support', 'cost-center': '1234', note: '' },
    });
  });

  it.each([
    [
      'a URL for a domain',
      { DOMAIN_NAME: 'https://bot.example.com', CERTIFICATE_ARN: certificate },
      /a domain such as/,
    ],
    [
      'a domain without its certificate',
      { DOMAIN_NAME: 'bot.example.com' },
      /^DOMAIN_NAME is set and CERTIFICATE_ARN is not/,
    ],
    [
      'a certificate without its domain',
      { CERTIFICATE_ARN: certificate },
      /^CERTIFICATE_ARN is set and DOMAIN_NAME is not/,
    ],
    [
      'a key of another region',
      { KMS_KEY_ARN: key.replace('eu-west-1', 'us-east-1') },
      /^KMS_KEY_ARN is of the region us-east-1: expected one of eu-west-1/,
    ],
    [
      'an alias for a key',
      { KMS_KEY_ARN: 'alias/parley' },
      /^KMS_KEY_ARN is "alias\/parley": expected an ARN such as/,
    ],
    [
      'a cap that Lambda does not take',
      { MAX_CONCURRENCY: '1' },
      /^MAX_CONCURRENCY is "1": expected a whole number from 2 to 1000/,
    ],
    ['a throttle that is off', { THROTTLE_RATE: '0' }, /^THROTTLE_RATE is "0": expected/],
    ['tracing by another word', { TRACING: 'true' }, /^TRACING is "true": expected on or off/],
    ['a tag without a value', { TAGS: 'owner' }, /^TAGS is "owner": expected name=value/],
    ['a tag of AWS’s own', { TAGS: 'aws:x=1' }, /^TAGS is "aws:x=1": expected name=value/],
  ])('are refused: %s', (_what, given, problem) => {
    expect(problemsOf(given)).toEqual([expect.stringMatching(problem)]);
  });
});

describe('what is left empty', () => {
  const serviceOf = (given: Record<string, string> = {}): DeployedService => ({
    custom: { tags: given['TAGS'] ?? '', rollbackMinutes: '' },
    resources: {
      Parameters: Object.fromEntries(
        Object.keys(DEPLOY_SETTINGS).map((name) => [parameterOf(name), { Default: given[name] ?? '' }]),
      ),
    },
    provider: { tags: { app: 'parley' }, stackTags: { app: 'parley' } },
  });

  it('takes its default', () => {
    const service = serviceOf({ THROTTLE_RATE: ' ' });
    applySettings(service, 'dev', 'eu-west-1');
    expect(service.resources.Parameters).toMatchObject({
      ThrottleRate: { Default: '200' },
      MaxConcurrency: { Default: '50' },
      Tracing: { Default: 'off' },
      DomainName: { Default: '' },
    });
  });

  it.each([
    ['dev', {}, false],
    ['prod', {}, true],
    ['production-eu', {}, true],
    ['prod', { DELETION_PROTECTION: 'off' }, false],
    ['demo', { DELETION_PROTECTION: 'on' }, true],
  ])('protects the stack and the table of %s with %j: %s', (stage, given, isProtected) => {
    const service = serviceOf(given);
    applySettings(service, stage, 'eu-west-1');
    expect(service.provider.deletionProtection).toBe(isProtected);
    expect(service.resources.Parameters['DeletionProtection']?.Default).toBe(isProtected ? 'on' : 'off');
  });

  it('leaves our tags beside the operator’s', () => {
    const service = serviceOf({ TAGS: 'owner=support' });
    applySettings(service, 'dev', 'eu-west-1');
    expect(service.provider.tags).toEqual({ app: 'parley', owner: 'support' });
    expect(service.provider.stackTags).toEqual({ app: 'parley', owner: 'support' });
  });
});
