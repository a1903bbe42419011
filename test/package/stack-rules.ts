import type { StackResource, StackTemplate } from '../../local/lambda/package-service.ts';

/** What a reviewer asks of the template, after its settings were put in. */
export interface StackRule {
  readonly name: string;
  /** @returns what is against it, by logical id */
  readonly find: (stack: StackTemplate) => readonly string[];
  /** Templates in which it finds something: where, what stands there instead (nothing: `undefined`), the finding. */
  readonly breaks: readonly (readonly [path: string, value: unknown, finding: RegExp])[];
}

type Properties = StackResource['Properties'];

const DAY_S = 86_400;
const KEPT = ['AWS::SQS::Queue', 'AWS::DynamoDB::Table'];
/** X-Ray knows no resources: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
const WITHOUT_RESOURCE = /^xray:/;
/** A log group's ARN goes on with its streams, and a secret's with six characters that nobody chooses. */
const OWN_STARS = /:log-group:[\w/-]+:\*$|-\?{6}$/;

export const STACK_RULES: readonly StackRule[] = [
  {
    name: 'a function runs on Node 24, on arm64, with half a gigabyte, and no longer than its work may take',
    find: each('AWS::Lambda::Function', ({ Runtime, Architectures, MemorySize, Timeout }) => [
      Runtime === 'nodejs24.x' ? '' : `runs on ${Runtime}`,
      String(Architectures) === 'arm64' ? '' : `runs on ${Architectures}`,
      MemorySize === 512 ? '' : `has ${MemorySize} MB`,
      Timeout <= 120 ? '' : `may take ${Timeout} s`,
    ]),
    breaks: [
      ['ReplyLambdaFunction.Properties.Runtime', 'nodejs20.x', /^ReplyLambdaFunction runs on nodejs20.x$/],
      ['ReplyLambdaFunction.Properties.Architectures', ['x86_64'], /^ReplyLambdaFunction runs on x86_64$/],
      ['ReceiveLambdaFunction.Properties.MemorySize', 128, /^ReceiveLambdaFunction has 128 MB$/],
      ['ReconcileLambdaFunction.Properties.Timeout', 900, /^ReconcileLambdaFunction may take 900 s$/],
    ],
  },
  {
    name: 'a function reserves no executions, which an account with ten could not give',
    find: each('AWS::Lambda::Function', ({ ReservedConcurrentExecutions: reserved }) => [
      reserved === undefined ? '' : `reserves ${reserved} executions`,
    ]),
    breaks: [
      ['ReconcileLambdaFunction.Properties.ReservedConcurrentExecutions', 1, /reserves 1 executions$/],
    ],
  },
  {
    name: 'an environment holds names of secrets and no secret',
    find: each('AWS::Lambda::Function', ({ Environment }) =>
      Object.entries<unknown>(Environment.Variables).map(([name, value]) =>
        /TOKEN$|SECRET$|KEY_SID$/.test(name) || String(value).includes('{{resolve:')
          ? `is given ${name}`
          : '',
      ),
    ),
    breaks: [
      [
        'ReceiveLambdaFunction.Properties.Environment.Variables.TWILIO_AUTH_TOKEN',
        'x',
        /is given TWILIO_AUTH_TOKEN$/,
      ],
      [
        'ReplyLambdaFunction.Properties.Environment.Variables.LOG_LEVEL',
        '{{resolve:secretsmanager:x}}',
        /is given LOG_LEVEL$/,
      ],
    ],
  },
  {
    name: 'a function writes JSON, whose level LOG_LEVEL alone decides, into a log group that is there for it',
    find: (stack) => {
      const groups = named(stack, 'AWS::Logs::LogGroup').map(([, { LogGroupName }]) => LogGroupName);
      return each('AWS::Lambda::Function', ({ FunctionName, LoggingConfig = {} }) => [
        groups.includes(`/aws/lambda/${FunctionName}`) ? '' : 'has no log group',
        LoggingConfig.LogFormat === 'JSON' ? '' : 'does not log JSON',
        LoggingConfig.ApplicationLogLevel === 'TRACE' ? '' : 'does not keep every line of ours',
      ])(stack);
    },
    breaks: [
      [
        'ReplyLogGroup.Properties.LogGroupName',
        '/aws/lambda/other',
        /^ReplyLambdaFunction has no log group$/,
      ],
      ['ReplyLambdaFunction.Properties.LoggingConfig', undefined, /does not log JSON$/],
      [
        'ReplyLambdaFunction.Properties.LoggingConfig.ApplicationLogLevel',
        'INFO',
        /does not keep every line/,
      ],
    ],
  },
  {
    name: 'logs go after thirty days',
    find: each('AWS::Logs::LogGroup', ({ RetentionInDays }) => [
      RetentionInDays === 30 ? '' : `keeps its lines for ${RetentionInDays ?? 'ever'}`,
    ]),
    breaks: [
      ['HttpApiLogGroup.Properties.RetentionInDays', undefined, /^HttpApiLogGroup keeps its lines for ever$/],
    ],
  },
  {
    name: 'Twilio is answered within its five seconds, and by the function rather than by the API',
    find: (stack) => {
      const timeout = 1000 * Number(stack.Resources['ReceiveLambdaFunction']?.Properties['Timeout']);
      return each('AWS::ApiGatewayV2::Integration', ({ TimeoutInMillis: ms }) => [
        ms <= 5000 ? '' : `waits for ${ms} ms`,
        ms > timeout ? '' : `ends before receive does, after ${ms} ms`,
      ])(stack);
    },
    breaks: [
      ['HttpApiIntegrationReceive.Properties.TimeoutInMillis', 30_000, /waits for 30000 ms$/],
      ['ReceiveLambdaFunction.Properties.Timeout', 6, /ends before receive does/],
    ],
  },
  {
    name: 'the API has one route and a throttle, and logs neither headers nor bodies',
    find: (stack) => [
      ...each('AWS::ApiGatewayV2::Route', ({ RouteKey }) => [
        RouteKey === 'POST /webhook' ? '' : `takes ${RouteKey}`,
      ])(stack),
      ...each('AWS::ApiGatewayV2::Stage', ({ DefaultRouteSettings: settings = {}, AccessLogSettings }) => [
        settings.ThrottlingRateLimit > 0 && settings.ThrottlingBurstLimit > 0 ? '' : 'has no throttle',
        settings.DetailedMetricsEnabled ? 'pays for metrics of its route' : '',
        /header|body|querystring|authorizer/i.test(AccessLogSettings.Format) ? 'logs what people send' : '',
      ])(stack),
    ],
    breaks: [
      ['HttpApiRoutePostWebhook.Properties.RouteKey', 'ANY /{proxy+}', /takes ANY/],
      ['HttpApiStage.Properties.DefaultRouteSettings.ThrottlingRateLimit', undefined, /has no throttle$/],
      ['HttpApiStage.Properties.DefaultRouteSettings.DetailedMetricsEnabled', true, /pays for metrics/],
      [
        'HttpApiStage.Properties.AccessLogSettings.Format',
        '$context.requestId $request.header.x',
        /logs what/,
      ],
    ],
  },
  {
    name: 'a domain closes the other door, is mapped to the API, and takes no old TLS',
    find: (stack) => {
      const mapped = named(stack, 'AWS::ApiGatewayV2::ApiMapping').map(([, { DomainName }]) => DomainName);
      const domains = named(stack, 'AWS::ApiGatewayV2::DomainName');
      return [
        ...each('AWS::ApiGatewayV2::DomainName', ({ DomainNameConfigurations: [{ SecurityPolicy }] }, id) => [
          SecurityPolicy === 'TLS_1_2' ? '' : `takes ${SecurityPolicy}`,
          mapped.includes(id) ? '' : 'leads nowhere',
        ])(stack),
        ...each('AWS::ApiGatewayV2::Api', ({ DisableExecuteApiEndpoint: isClosed }) => [
          isClosed === domains.length > 0 ? '' : `has ${isClosed ? 'no door' : 'a second door'}`,
        ])(stack),
      ];
    },
    breaks: [
      ['Domain.Properties.DomainNameConfigurations.0.SecurityPolicy', 'TLS_1_0', /^Domain takes TLS_1_0$/],
      ['DomainMapping', undefined, /^Domain leads nowhere$/],
      ['HttpApi.Properties.DisableExecuteApiEndpoint', false, /^HttpApi has a second door$/],
      ['HttpApi.Properties.DisableExecuteApiEndpoint', true, /^HttpApi has no door$/],
    ],
  },
  {
    name: 'a queue hides a message for six times what the function may take that reads it',
    find: (stack) =>
      each('AWS::Lambda::EventSourceMapping', ({ FunctionName, EventSourceArn }) => {
        const [, queue] =
          named(stack, 'AWS::SQS::Queue').find(([id]) => isNamed(stack, id, EventSourceArn)) ?? [];
        const [, reader] =
          named(stack, 'AWS::Lambda::Function').find(([id]) => isNamed(stack, id, FunctionName)) ?? [];
        const [hidden, needed] = [queue?.['VisibilityTimeout'], 6 * reader?.['Timeout']];
        return [hidden >= needed ? '' : `hides a message for ${hidden} s, and needs ${needed} s`];
      })(stack),
    breaks: [
      ['Queue.Properties.VisibilityTimeout', 60, /hides a message for 60 s, and needs 180 s$/],
      ['ReplyLambdaFunction.Properties.Timeout', 60, /hides a message for 180 s, and needs 360 s$/],
    ],
  },
  {
    name: 'reply gets one message an invocation, of a capped number, and reports failures one by one',
    find: each('AWS::Lambda::EventSourceMapping', ({ BatchSize, FunctionResponseTypes, ScalingConfig }) => [
      BatchSize === 1 ? '' : `hands over ${BatchSize} messages`,
      String(FunctionResponseTypes) === 'ReportBatchItemFailures' ? '' : 'takes a failure for that of all',
      ScalingConfig?.MaximumConcurrency > 1 ? '' : 'is not capped',
    ]),
    breaks: [
      ['ReplyEventSourceMappingSQSQueue.Properties.BatchSize', 10, /hands over 10 messages$/],
      ['ReplyEventSourceMappingSQSQueue.Properties.FunctionResponseTypes', undefined, /for that of all$/],
      ['ReplyEventSourceMappingSQSQueue.Properties.ScalingConfig', undefined, /is not capped$/],
    ],
  },
  {
    name: 'a queue is first in, first out by conversation, with ids that are given',
    find: each('AWS::SQS::Queue', (properties, id) =>
      Object.entries({
        FifoQueue: true,
        ...(id === 'DeadLetterQueue'
          ? {}
          : {
              ContentBasedDeduplication: false,
              DeduplicationScope: 'messageGroup',
              FifoThroughputLimit: 'perMessageGroupId',
            }),
      }).map(([name, value]) => (properties[name] === value ? '' : `has the ${name} ${properties[name]}`)),
    ),
    breaks: [
      ['DeadLetterQueue.Properties.FifoQueue', undefined, /^DeadLetterQueue has the FifoQueue undefined$/],
      ['Queue.Properties.ContentBasedDeduplication', true, /has the ContentBasedDeduplication true$/],
      ['Queue.Properties.DeduplicationScope', 'queue', /has the DeduplicationScope queue$/],
      ['Queue.Properties.FifoThroughputLimit', 'perQueue', /has the FifoThroughputLimit perQueue$/],
    ],
  },
  {
    name: 'what cannot be answered goes to dead letters, which are kept for two weeks and taken from this queue alone',
    find: (stack) =>
      each('AWS::SQS::Queue', ({ RedrivePolicy: redrive, RedriveAllowPolicy: allow, ...queue }, id) => {
        if (id === 'DeadLetterQueue')
          return [
            queue['MessageRetentionPeriod'] === 14 * DAY_S
              ? ''
              : `keeps a message for ${queue['MessageRetentionPeriod']} s`,
            allow?.redrivePermission === 'byQueue' && isNamed(stack, 'Queue', String(allow.sourceQueueArns))
              ? ''
              : 'takes dead letters from elsewhere',
          ];
        return [
          isNamed(stack, 'DeadLetterQueue', redrive?.deadLetterTargetArn) ? '' : 'has no dead letters',
          redrive?.maxReceiveCount >= 5 ? '' : `gives up after ${redrive?.maxReceiveCount} attempts`,
        ];
      })(stack),
    breaks: [
      ['Queue.Properties.RedrivePolicy', undefined, /^Queue has no dead letters$/],
      ['Queue.Properties.RedrivePolicy.maxReceiveCount', 1, /^Queue gives up after 1 attempts$/],
      ['DeadLetterQueue.Properties.MessageRetentionPeriod', 345_600, /keeps a message for 345600 s$/],
      ['DeadLetterQueue.Properties.RedriveAllowPolicy.redrivePermission', 'allowAll', /from elsewhere$/],
    ],
  },
  {
    name: 'everything that lies somewhere is encrypted, with the key of the setting where there is one',
    find: (stack) => {
      const key = stack.Resources['ReceiveLogGroup']?.Properties['KmsKeyId'];
      return [
        ...each('AWS::SQS::Queue', ({ SqsManagedSseEnabled, KmsMasterKeyId }) => [
          KmsMasterKeyId === key && (key !== undefined || SqsManagedSseEnabled) ? '' : 'is not encrypted',
        ])(stack),
        ...each('AWS::DynamoDB::Table', ({ SSESpecification }) => [
          SSESpecification?.KMSMasterKeyId === key ? '' : 'is not encrypted',
        ])(stack),
        ...each('AWS::Logs::LogGroup', ({ KmsKeyId }) => [KmsKeyId === key ? '' : 'is not encrypted'])(stack),
        ...each('AWS::SNS::Topic', ({ KmsMasterKeyId }) => [
          KmsMasterKeyId === key ? '' : 'is not encrypted',
        ])(stack),
        ...each('AWS::S3::Bucket', ({ BucketEncryption }) => [BucketEncryption ? '' : 'is not encrypted'])(
          stack,
        ),
      ];
    },
    breaks: [
      ['Queue.Properties.SqsManagedSseEnabled', false, /^Queue is not encrypted$/],
      ['DeadLetterQueue.Properties.KmsMasterKeyId', undefined, /^DeadLetterQueue is not encrypted$/],
      ['Table.Properties.SSESpecification', undefined, /^Table is not encrypted$/],
      ['Alarms.Properties.KmsMasterKeyId', undefined, /^Alarms is not encrypted$/],
      ['HttpApiLogGroup.Properties.KmsKeyId', undefined, /^HttpApiLogGroup is not encrypted$/],
      ['ServerlessDeploymentBucket.Properties.BucketEncryption', undefined, /Bucket is not encrypted$/],
    ],
  },
  {
    name: 'queues and zips are there for requests over TLS alone',
    find: (stack) => {
      const refused = [...named(stack, 'AWS::SQS::QueuePolicy'), ...named(stack, 'AWS::S3::BucketPolicy')]
        .flatMap(([, { PolicyDocument }]) => PolicyDocument.Statement)
        .filter(
          ({ Effect, Principal, Condition }) =>
            Effect === 'Deny' &&
            Principal === '*' &&
            String(Condition?.Bool?.['aws:SecureTransport']) === 'false',
        )
        .flatMap(({ Resource }) => Resource);
      const holders = [...named(stack, 'AWS::SQS::Queue'), ...named(stack, 'AWS::S3::Bucket')];
      return holders.flatMap(([id]) =>
        refused.some((arn) => isNamed(stack, id, arn)) ? [] : [`${id} takes requests without TLS`],
      );
    },
    breaks: [
      [
        'QueuePolicy.Properties.PolicyDocument.Statement.0.Condition',
        undefined,
        /^Queue takes requests without/,
      ],
      ['QueuePolicy.Properties.PolicyDocument.Statement.0.Resource.1', undefined, /^DeadLetterQueue takes/],
      ['ServerlessDeploymentBucketPolicy', undefined, /Bucket takes requests without TLS$/],
    ],
  },
  {
    name: 'the zips are nobody else’s',
    find: each('AWS::S3::Bucket', ({ PublicAccessBlockConfiguration: block = {} }) => [
      Object.values(block).filter(Boolean).length === 4 ? '' : 'may be made public',
    ]),
    breaks: [
      [
        'ServerlessDeploymentBucket.Properties.PublicAccessBlockConfiguration.BlockPublicAcls',
        false,
        /public$/,
      ],
    ],
  },
  {
    name: 'what holds messages outlives the stack, and not a deployment that failed to make it',
    find: ({ Resources }) =>
      Object.entries(Resources).flatMap(([id, { Type, DeletionPolicy, UpdateReplacePolicy }]) => {
        if (!KEPT.includes(Type)) return [];
        return [
          ...(DeletionPolicy === 'RetainExceptOnCreate'
            ? []
            : [`${id} has the DeletionPolicy ${DeletionPolicy}`]),
          ...(UpdateReplacePolicy === 'Retain' ? [] : [`${id} is deleted when it is replaced`]),
        ];
      }),
    breaks: [
      ['Queue.DeletionPolicy', 'Retain', /^Queue has the DeletionPolicy Retain$/],
      ['Table.DeletionPolicy', undefined, /^Table has the DeletionPolicy undefined$/],
      ['DeadLetterQueue.UpdateReplacePolicy', 'Delete', /^DeadLetterQueue is deleted when it is replaced$/],
    ],
  },
  {
    name: 'the table forgets what is old, and can be restored',
    find: each('AWS::DynamoDB::Table', ({ TimeToLiveSpecification: ttl, ...table }) => [
      ttl?.AttributeName === 'ttl' && ttl.Enabled ? '' : 'forgets nothing',
      table['PointInTimeRecoverySpecification']?.PointInTimeRecoveryEnabled ? '' : 'cannot be restored',
      table['BillingMode'] === 'PAY_PER_REQUEST' ? '' : 'has a limit that nobody set',
      table['KeySchema'].map(({ AttributeName }: Properties) => AttributeName).join() === 'pk,sk'
        ? ''
        : 'has other keys',
    ]),
    breaks: [
      ['Table.Properties.TimeToLiveSpecification.AttributeName', 'expires', /^Table forgets nothing$/],
      ['Table.Properties.PointInTimeRecoverySpecification', undefined, /^Table cannot be restored$/],
      ['Table.Properties.BillingMode', 'PROVISIONED', /has a limit/],
      ['Table.Properties.KeySchema.1', undefined, /has other keys$/],
    ],
  },
  {
    name: 'a function has a role of its own, which Lambda alone may take, and which grants no action and no resource by wildcard',
    find: (stack) => {
      const roles = named(stack, 'AWS::Lambda::Function').map(([, { Role }]) => String(Role));
      return [
        ...roles.filter((role, at) => roles.indexOf(role) !== at).map((role) => `${role} has two functions`),
        ...each('AWS::IAM::Role', ({ AssumeRolePolicyDocument, Policies, ManagedPolicyArns }) => [
          JSON.stringify(AssumeRolePolicyDocument.Statement[0].Principal) ===
          '{"Service":"lambda.amazonaws.com"}'
            ? ''
            : 'may be taken by others',
          ManagedPolicyArns === undefined ? '' : 'has rights that are written elsewhere',
          ...statementsOf(Policies).map(({ Effect, Action, Resource }) => {
            const actions = [Action].flat().map(String);
            if (Effect === 'Allow' && actions.some((action) => action.includes('*')))
              return `grants ${actions}`;
            const wide = [Resource].flat().filter((arn) => /[*?]/.test(String(arn).replace(OWN_STARS, '')));
            return wide.length === 0 || actions.every((action) => WITHOUT_RESOURCE.test(action))
              ? ''
              : `grants ${actions} on ${wide}`;
          }),
        ])(stack),
      ];
    },
    breaks: [
      ['ReplyLambdaFunction.Properties.Role', { 'Fn::GetAtt': ['ReceiveRole', 'Arn'] }, /has two functions$/],
      [
        'ReplyRole.Properties.AssumeRolePolicyDocument.Statement.0.Principal',
        { AWS: '*' },
        /may be taken by others$/,
      ],
      [
        'ReplyRole.Properties.ManagedPolicyArns',
        ['arn:aws:iam::aws:policy/AdministratorAccess'],
        /elsewhere$/,
      ],
      [
        'ReplyRole.Properties.Policies.0.PolicyDocument.Statement.2.Action',
        'dynamodb:*',
        /^ReplyRole grants dynamodb:\*$/,
      ],
      [
        'ReplyRole.Properties.Policies.0.PolicyDocument.Statement.1.Resource',
        '*',
        /^ReplyRole grants sqs:.* on \*$/,
      ],
    ],
  },
  {
    name: 'nobody outside is let in: a star is only refused, and who may call a function has to come from ours',
    find: (stack) => [
      ...Object.entries(stack.Resources).flatMap(([id, { Properties = {} }]) =>
        (Properties['PolicyDocument']?.Statement ?? [])
          .filter(
            ({ Effect, Principal }: Properties) =>
              Effect === 'Allow' && JSON.stringify(Principal).includes('"*"'),
          )
          .map(() => `${id} lets everybody in`),
      ),
      ...each('AWS::Lambda::Permission', ({ Principal, SourceArn }) => [
        Principal === '*' || SourceArn === undefined ? `lets ${Principal} call from anywhere` : '',
      ])(stack),
    ],
    breaks: [
      [
        'QueuePolicy.Properties.PolicyDocument.Statement.0.Effect',
        'Allow',
        /^QueuePolicy lets everybody in$/,
      ],
      ['ReceiveLambdaPermissionHttpApi.Properties.SourceArn', undefined, /call from anywhere$/],
    ],
  },
  {
    name: 'reconcile is called each minute, and what failed is not tried again but by the next',
    find: (stack) => [
      ...each('AWS::Events::Rule', ({ ScheduleExpression, State }) => [
        ScheduleExpression === 'rate(1 minute)' && State === 'ENABLED'
          ? ''
          : `is ${State}, ${ScheduleExpression}`,
      ])(stack),
      ...each('AWS::Lambda::EventInvokeConfig', ({ MaximumRetryAttempts, MaximumEventAgeInSeconds: age }) => [
        MaximumRetryAttempts === 0 ? '' : 'tries again what failed',
        age <= 3600 ? '' : `keeps a call for ${age ?? 21_600} s`,
      ])(stack),
    ],
    breaks: [
      ['ReconcileEventsRuleSchedule1.Properties.State', 'DISABLED', /is DISABLED/],
      ['ReconcileEventsRuleSchedule1.Properties.ScheduleExpression', 'rate(5 minutes)', /rate\(5 minutes\)$/],
      ['ReconcileLambdaEvConf.Properties.MaximumRetryAttempts', undefined, /tries again what failed$/],
      ['ReconcileLambdaEvConf.Properties.MaximumEventAgeInSeconds', undefined, /keeps a call for 21600 s$/],
    ],
  },
];

/** The template with another value at one place. */
export function breakAt(template: StackTemplate, path: string, value: unknown): StackTemplate {
  const broken = structuredClone(template);
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let node = broken.Resources as unknown as Record<string, unknown>;
  for (const step of steps) {
    if (!(node[step] instanceof Object)) throw new Error(`${path}: the template has no ${step} there.`);
    node = node[step] as Record<string, unknown>;
  }
  if (value !== undefined) node[last] = value;
  else if (Array.isArray(node)) node.splice(Number(last), 1);
  else delete node[last];
  return broken;
}

/** A finding that is empty is none. */
export function each(type: string, look: (properties: Properties, id: string) => readonly string[]) {
  return (stack: StackTemplate): readonly string[] =>
    named(stack, type).flatMap(([id, properties]) =>
      look(properties, id)
        .filter((finding) => finding !== '')
        .map((finding) => `${id} ${finding}`),
    );
}

function named({ Resources }: StackTemplate, type: string): readonly (readonly [string, Properties])[] {
  return Object.entries(Resources).flatMap(([id, { Type, Properties = {} }]) =>
    Type === type ? [[id, Properties] as const] : [],
  );
}

/** Whether an ARN, or a reference to its type, means this resource. */
function isNamed({ Resources }: StackTemplate, id: string, arn: unknown): boolean {
  const properties = Resources[id]?.Properties ?? {};
  const name = properties['QueueName'] ?? properties['FunctionName'] ?? id;
  return typeof arn === 'string' && arn.split(/[:/]/).includes(name);
}

function statementsOf(policies: Properties['Policies']): readonly Properties[] {
  return policies.flatMap(({ PolicyDocument }: Properties) => PolicyDocument.Statement);
}
