import { each, isNamed, named, type StackRule } from './stack-rule.ts';

const DAY_S = 86_400;

export const QUEUE_RULES: readonly StackRule[] = [
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
];
