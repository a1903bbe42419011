import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import ApplyDeploySettings, {
  applySettings,
  type DeployedService,
  ROLLBACK_ALARMS,
} from '../../build/apply-deploy-settings.ts';
import { DEPLOY_SETTINGS, parameterOf, readDeploySettings } from '../../build/deploy-settings.ts';
import { listen } from '../../local/lambda/listen.ts';

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
      ALARM_PAGE: 'https://on-call.example.com/?key=1',
      ALARM_TICKET: 'team+bot@example.co.uk',
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
    [
      'two addresses for alarms',
      { ALARM_PAGE: 'a@example.com, b@example.com' },
      /^ALARM_PAGE is .*: expected one/,
    ],
    [
      'a URL for alarms without TLS',
      { ALARM_TICKET: 'http://example.com/' },
      /^ALARM_TICKET is .*: expected one/,
    ],
    ['a throttle that is off', { THROTTLE_RATE: '0' }, /^THROTTLE_RATE is "0": expected/],
    ['tracing by another word', { TRACING: 'true' }, /^TRACING is "true": expected on or off/],
    ['a tag without a value', { TAGS: 'owner' }, /^TAGS is "owner": expected name=value/],
    ['a tag of AWS’s own', { TAGS: 'aws:x=1' }, /^TAGS is "aws:x=1": expected name=value/],
  ])('are refused: %s', (_what, given, problem) => {
    expect(problemsOf(given)).toEqual([expect.stringMatching(problem)]);
  });
});

function serviceOf(given: Record<string, string> = {}): DeployedService {
  return {
    custom: { tags: given['TAGS'] ?? '', rollbackMinutes: given['ROLLBACK_MINUTES'] ?? '' },
    resources: {
      Parameters: Object.fromEntries(
        Object.keys(DEPLOY_SETTINGS).map((name) => [parameterOf(name), { Default: given[name] ?? '' }]),
      ),
    },
    provider: { tags: { app: 'parley' }, stackTags: { app: 'parley' } },
  };
}

describe('what is left empty', () => {
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

describe('before an update', () => {
  /** CloudFormation, which has these alarms. */
  async function watchedWith(minutes: string, alarms: readonly string[]) {
    const cloudFormation = await listen(
      createServer(async (request, response) => {
        const name = new URLSearchParams(await text(request)).get('LogicalResourceId') ?? '';
        const isThere = alarms.includes(name);
        const id = 'arn:aws:cloudformation:eu-west-1:123456789012:stack/parley-prod/1';
        const found = `<StackResourceDetail><StackId>${id}</StackId><PhysicalResourceId>parley-prod-${name}-1</PhysicalResourceId></StackResourceDetail>`;
        response.writeHead(isThere ? 200 : 400, { 'content-type': 'text/xml' });
        response.end(
          isThere
            ? `<DescribeStackResourceResponse><DescribeStackResourceResult>${found}</DescribeStackResourceResult></DescribeStackResourceResponse>`
            : '<ErrorResponse><Error><Code>ValidationError</Code><Message>There is none</Message></Error></ErrorResponse>',
        );
      }),
    );
    const service = serviceOf({ ROLLBACK_MINUTES: minutes });
    const { hooks } = new ApplyDeploySettings({
      service,
      getProvider: () => ({
        getStage: () => 'prod',
        getRegion: () => 'eu-west-1',
        getAwsSdkV3Config: async () => ({
          endpoint: cloudFormation.origin,
          region: 'eu-west-1',
          credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
        }),
        naming: { getStackName: () => 'parley-prod' },
      }),
    });
    hooks['initialize']?.();
    await hooks['before:deploy:deploy']?.();
    await cloudFormation.close();
    return service.provider.rollbackConfiguration;
  }

  it('those of the alarms are named to CloudFormation that the stack has', async () => {
    expect(await watchedWith('', ['ReplyErrorsAlarm'])).toEqual({
      MonitoringTimeInMinutes: 5,
      RollbackTriggers: [
        {
          Arn: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:parley-prod-ReplyErrorsAlarm-1',
          Type: 'AWS::CloudWatch::Alarm',
        },
      ],
    });
  });

  it.each([
    ['there is no stack yet', '5', []],
    ['a setting says so', '0', ROLLBACK_ALARMS],
  ])('no alarm is watched when %s, nor those of the update before', async (_when, minutes, alarms) => {
    expect(await watchedWith(minutes, alarms)).toEqual({ MonitoringTimeInMinutes: 0, RollbackTriggers: [] });
  });
});
