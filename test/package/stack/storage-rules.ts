import { each, isNamed, named, type Properties, type StackRule } from './stack-rule.ts';

const KEPT = ['AWS::SQS::Queue', 'AWS::DynamoDB::Table'];

export const STORAGE_RULES: readonly StackRule[] = [
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
];
