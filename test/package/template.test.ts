import { RegoEngine, TemplateFile } from '@aws/cloudformation-validate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FunctionName, readConfig } from '../../lib/config.ts';
import { chargedMetrics } from '../../lib/metrics.ts';
import { LOSS, OLD_SPOOL, SPOOLS } from '../../lib/record/keys.ts';
import {
  PACKAGING_MS,
  type PackagedService,
  packageService,
  type StackResource,
} from '../../local/lambda/package-service.ts';

let service: PackagedService;
let resources: Readonly<Record<string, StackResource>>;

beforeAll(async () => {
  service = await packageService();
  resources = service.template.Resources;
}, PACKAGING_MS);
afterAll(() => service.remove());

function resource(name: string): StackResource {
  const found = resources[name];
  if (found === undefined)
    throw new Error(`The template has no ${name}, only ${Object.keys(resources).join(', ')}`);
  return found;
}

const properties = (name: string) => resource(name).Properties;
const ofType = (type: string) => Object.entries(resources).filter(([, { Type }]) => Type === type);

describe('the template', () => {
  it("passes AWS's own validator without a remark", () => {
    const engine = new RegoEngine();
    const { diagnostics } = engine.validateStandard(new TemplateFile(service.templatePath), {
      severityLevel: 'WARN',
      strict: true,
      // A DependsOn that a reference implies already. The deployment tool writes them; they do no harm.
      exclude: { ids: ['W3005'] },
    });
    engine.free();
    expect(diagnostics).toEqual([]);
  });

  it('reports the webhook URL', () => {
    expect(service.template.Outputs).toHaveProperty(
      'WebhookUrl.Value.Fn::Sub',
      expect.stringMatching(/\/webhook$/),
    );
  });
});

const FUNCTIONS = [
  {
    name: 'receive',
    logicalId: 'ReceiveLambdaFunction',
    role: 'ReceiveRole',
    logGroup: 'ReceiveLogGroup',
    timeout: 4,
    rights: {
      ReceiveLogGroup: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Queue: ['sqs:SendMessage'],
      Table: ['dynamodb:PutItem'],
      'parley/twilio-auth-token': ['secretsmanager:GetSecretValue'],
    },
  },
  {
    name: 'reply',
    logicalId: 'ReplyLambdaFunction',
    role: 'ReplyRole',
    logGroup: 'ReplyLogGroup',
    timeout: 30,
    rights: {
      ReplyLogGroup: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Queue: [
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:ChangeMessageVisibility',
        'sqs:SendMessage',
        'sqs:GetQueueAttributes',
      ],
      Table: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:PutItem'],
      'parley/twilio-api-key': ['secretsmanager:GetSecretValue'],
    },
  },
  {
    name: 'reconcile',
    logicalId: 'ReconcileLambdaFunction',
    role: 'ReconcileRole',
    logGroup: 'ReconcileLogGroup',
    timeout: 120,
    rights: {
      ReconcileLogGroup: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Queue: ['sqs:SendMessage'],
      Table: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:DeleteItem'],
      'parley/twilio-api-key': ['secretsmanager:GetSecretValue'],
    },
  },
] as const;

describe.each(FUNCTIONS)('the function $name', ({ name, logicalId, role, logGroup, timeout, rights }) => {
  it('runs on nodejs24.x, arm64, within its time', () => {
    expect(properties(logicalId)).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: `dist/${name}/index.handler`,
      Timeout: timeout,
      MemorySize: 512,
    });
  });

  it('has a role of its own with exactly the rights it needs', () => {
    expect(properties(logicalId)['Role']).toEqual({ 'Fn::GetAtt': [role, 'Arn'] });
    expect(rightsOf(role)).toEqual(rights);
  });

  it('keeps its logs for 30 days', () => {
    expect(properties(logGroup)).toMatchObject({
      LogGroupName: `/aws/lambda/parley-dev-${name}`,
      RetentionInDays: 30,
    });
  });

  it('is given exactly the settings that it reads', () => {
    const given = Object.keys(properties(logicalId)['Environment'].Variables as Record<string, unknown>);
    expect(given.toSorted()).toEqual(settingsOf(name).toSorted());
  });
});

/** Actions by what they are allowed on: a logical id, or the name of a secret. */
function rightsOf(role: string): Record<string, string[]> {
  interface Statement {
    readonly Effect: string;
    readonly Action: string | string[];
    readonly Resource: { readonly 'Fn::GetAtt'?: [string]; readonly 'Fn::Sub'?: string };
  }
  const policies = properties(role)['Policies'] as { PolicyDocument: { Statement: Statement[] } }[];
  const rights: Record<string, string[]> = {};
  for (const { Effect, Action, Resource } of policies.flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement,
  )) {
    expect(Effect).toBe('Allow');
    const secret = Resource['Fn::Sub']?.match(/:secret:(.*)-\?{6}$/)?.[1];
    rights[Resource['Fn::GetAtt']?.[0] ?? secret ?? JSON.stringify(Resource)] = [Action].flat();
  }
  return rights;
}

/** What lib/config.ts reads for a function in Lambda; the origin for tests is not for deployments. */
function settingsOf(name: FunctionName): string[] {
  const config = readConfig(name, {
    AWS_LAMBDA_FUNCTION_NAME: name,
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_CHAT_SERVICE_SID: `IS${'0'.repeat(32)}`,
    PUBLIC_URL: 'https://example.com/webhook',
    QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/000000000000/parley.fifo',
    TABLE_NAME: 'parley',
    TWILIO_AUTH_TOKEN_SECRET_ID: 'parley/twilio-auth-token',
    TWILIO_API_KEY_SECRET_ID: 'parley/twilio-api-key',
  });
  const plain = ['TWILIO_AUTH_TOKEN', 'TWILIO_API_KEY_SID', 'TWILIO_API_KEY_SECRET'];
  return Object.keys(config).filter((setting) => ![...plain, 'TWILIO_API_URL'].includes(setting));
}

describe('rights', () => {
  it('let receive write to the spool, and signs of loss, and nothing else of the table', () => {
    const leadingKeys = JSON.stringify([OLD_SPOOL, ...SPOOLS, LOSS]);
    expect(JSON.stringify(properties('ReceiveRole'))).toContain(
      `"Condition":{"ForAllValues:StringEquals":{"dynamodb:LeadingKeys":${leadingKeys}}}`,
    );
  });

  it('are granted to no action and no resource by wildcard', () => {
    const granted = ofType('AWS::IAM::Role').map(([, { Properties }]) =>
      JSON.stringify(Properties['Policies']),
    );
    expect(granted).toHaveLength(FUNCTIONS.length);
    expect(granted.filter((policies) => policies.includes('*'))).toEqual([]);
  });

  it('leave the queues to requests over TLS', () => {
    const { Queues, PolicyDocument } = properties('QueuePolicy');
    expect(Queues).toEqual([{ Ref: 'Queue' }, { Ref: 'DeadLetterQueue' }]);
    expect(PolicyDocument.Statement).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Principal: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ]);
  });
});

describe('the queue', () => {
  it('keeps messages invisible for at least six times the timeout of reply', () => {
    const { VisibilityTimeout } = properties('Queue');
    expect(VisibilityTimeout).toBeGreaterThanOrEqual(
      6 * Number(properties('ReplyLambdaFunction')['Timeout']),
    );
  });

  it('is first in, first out by conversation, with ids that are given', () => {
    expect(properties('Queue')).toMatchObject({
      FifoQueue: true,
      ContentBasedDeduplication: false,
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    });
  });

  it('hands what cannot be answered to a FIFO dead-letter queue that keeps it longest', () => {
    const { deadLetterTargetArn, maxReceiveCount } = properties('Queue')['RedrivePolicy'];
    expect(deadLetterTargetArn).toEqual({ 'Fn::GetAtt': ['DeadLetterQueue', 'Arn'] });
    expect(maxReceiveCount).toBeGreaterThanOrEqual(5);
    expect(properties('DeadLetterQueue')).toMatchObject({
      FifoQueue: true,
      MessageRetentionPeriod: 14 * 24 * 3600,
    });
    const [sourceArn] = properties('DeadLetterQueue')['RedriveAllowPolicy'].sourceQueueArns;
    expect(sourceArn['Fn::Sub']).toMatch(new RegExp(`:${properties('Queue')['QueueName']}$`));
  });

  it('feeds reply one message an invocation, capped by the mapping, with partial failures', () => {
    const [mapping] = ofType('AWS::Lambda::EventSourceMapping');
    expect(mapping?.[1].Properties).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 50 },
    });
    expect(properties('ReplyLambdaFunction')).not.toHaveProperty('ReservedConcurrentExecutions');
  });
});

describe('the table', () => {
  it('has the keys and the expiry that lib/aws writes, and can be restored', () => {
    expect(properties('Table')).toMatchObject({
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
    });
  });
});

it.each(['Queue', 'DeadLetterQueue', 'Table'])('%s outlives the stack', (name) => {
  expect(resource(name)).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
});

describe('the API', () => {
  it('has the one route, throttled, and logs neither headers nor bodies', () => {
    expect(ofType('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties['RouteKey'])).toEqual([
      'POST /webhook',
    ]);
    const { DefaultRouteSettings, AccessLogSettings } = properties('HttpApiStage');
    expect(DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 200, ThrottlingBurstLimit: 400 });
    expect(AccessLogSettings.Format).not.toMatch(/header|body|querystring|authorizer/i);
  });
});

describe('the schedule', () => {
  it('runs reconcile each minute, for the spool', () => {
    const [rule, ...more] = ofType('AWS::Events::Rule');
    expect(rule?.[1].Properties).toMatchObject({ ScheduleExpression: 'rate(1 minute)', State: 'ENABLED' });
    expect(more).toEqual([]);
  });

  it('does not try again what failed: the next run comes', () => {
    const [config] = ofType('AWS::Lambda::EventInvokeConfig');
    expect(config?.[1].Properties).toMatchObject({ MaximumRetryAttempts: 0 });
  });
});

describe('the alarms', () => {
  const ALARMS = [
    ['DeadLetterAlarm', 'ApproximateNumberOfMessagesVisible', 'DeadLetterQueue', 1],
    ['QueueAgeAlarm', 'ApproximateAgeOfOldestMessage', 'Queue', 120],
    ['ReceiveErrorsAlarm', 'Errors', 'ReceiveLambdaFunction', 1],
    ['ReceiveThrottlesAlarm', 'Throttles', 'ReceiveLambdaFunction', 1],
    ['ReceiveSlowAlarm', 'Duration', 'ReceiveLambdaFunction', 2000],
    ['ReplyErrorsAlarm', 'Errors', 'ReplyLambdaFunction', 1],
    ['ApiErrorsAlarm', '5xx', 'HttpApi', 1],
    ['DuplicateAlarm', 'duplicate_detected', undefined, 1],
    ['LoopAlarm', 'loop_muted', undefined, 1],
    ['QuarantineAlarm', 'outcome_quarantined', undefined, 1],
    ['InviteRefusedAlarm', 'step_refused', undefined, 1],
    ['ReconcileBehindAlarm', 'reconcile_oldest_s', undefined, 1800],
    ['OtherStackAlarm', 'other_stack', undefined, 1],
  ] as const;
  /** After these webhooks may have been lost. */
  const OF_LOSS = ['ReceiveErrorsAlarm', 'ReceiveThrottlesAlarm', 'ApiErrorsAlarm'];
  const reconcileArn = { 'Fn::GetAtt': ['ReconcileLambdaFunction', 'Arn'] };
  const HEARTBEAT = 'ReconcileAlarm';

  it.each(ALARMS)('%s watches %s of %s', (name, MetricName, watched, Threshold) => {
    expect(properties(name)).toMatchObject({
      MetricName,
      Threshold,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: 'Alarms' }, ...(OF_LOSS.includes(name) ? [reconcileArn] : [])],
      OKActions: [{ Ref: 'Alarms' }],
    });
    const dimensions = JSON.stringify(properties(name)['Dimensions']);
    expect(dimensions?.match(/"(?:Ref":"|Fn::GetAtt":\[")(\w+)"/)?.[1]).toBe(watched);
  });

  it('watch metrics of ours that there are', () => {
    const watched = ofType('AWS::CloudWatch::Alarm').flatMap(([, { Properties }]) =>
      String(Properties['Namespace']).startsWith('AWS/') ? [] : [Properties['MetricName']],
    );
    expect(watched).toHaveLength(7);
    expect(watched.filter((name) => !chargedMetrics().some(({ metric }) => metric === name))).toEqual([]);
  });

  it('of loss may make the reconciler look everywhere, and no others may', () => {
    const permissions = ofType('AWS::Lambda::Permission').flatMap(([, { Properties }]) =>
      Properties['Principal'] === 'lambda.alarms.cloudwatch.amazonaws.com' ? [Properties] : [],
    );
    expect(permissions.map(({ SourceArn }) => SourceArn)).toEqual(
      OF_LOSS.map((alarm) => ({ 'Fn::GetAtt': [alarm, 'Arn'] })),
    );
    for (const permission of permissions) {
      expect(permission).toMatchObject({
        FunctionName: { Ref: 'ReconcileLambdaFunction' },
        Action: 'lambda:InvokeFunction',
        SourceAccount: { Ref: 'AWS::AccountId' },
      });
    }
  });

  it('look for another stack each quarter of an hour, in which it is counted three times', () => {
    expect(properties('OtherStackAlarm')['Period']).toBe(900);
  });

  it('ring for an invitation that was refused, and not for a tag', () => {
    expect(properties('InviteRefusedAlarm')['Dimensions']).toEqual([{ Name: 'reason', Value: 'invite' }]);
  });

  it('miss the heartbeat of reconcile', () => {
    expect(properties(HEARTBEAT)).toMatchObject({
      MetricName: 'reconcile_alive',
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      Period: 900,
      AlarmActions: [{ Ref: 'Alarms' }],
    });
  });

  it('are all in this table', () => {
    const names = ofType('AWS::CloudWatch::Alarm').map(([name]) => name);
    expect(names.toSorted()).toEqual([...ALARMS.map(([name]) => name), HEARTBEAT].toSorted());
  });
});
