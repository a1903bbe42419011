import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { deployLine } from '../../stage/suggest.ts';
import { awsCheck, problem } from '../check.ts';
import { functionConfiguration } from './function-configurations.ts';

/** AWS asks for six times the function's timeout: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const TIMES = 6;
/** Fewer would make dead letters of an outage of Twilio that lasts an hour. */
const LEAST_RECEIVES = 20;
const LEAST_RETENTION_S = 86_400;

export const queue = awsCheck({
  id: 'queue',
  what: 'A message stays hidden while it is answered, and goes to the dead letters when it never can be',
  why: 'One that shows up while it is worked on is worked on twice; one that nothing sets aside stops its conversation.',
  run: async (aws, { stage }) => {
    const redeploy = deployLine(stage);
    const { Attributes = {} } = await aws.clients
      .sqs()
      .send(
        new GetQueueAttributesCommand({ QueueUrl: aws.outputs['QueueUrl'] ?? '', AttributeNames: ['All'] }),
      );
    const { Timeout = 0 } = await functionConfiguration(aws, 'reply');
    const visibility = Number(Attributes['VisibilityTimeout']);
    const retention = Number(Attributes['MessageRetentionPeriod']);
    const redrive = JSON.parse(Attributes['RedrivePolicy'] ?? '{}') as Readonly<Record<string, unknown>>;
    const receives = Number(redrive['maxReceiveCount'] ?? 0);
    return [
      ...(visibility >= TIMES * Timeout
        ? []
        : [
            problem(
              `A message is hidden for ${visibility} s: expected at least ${TIMES * Timeout}, six times the timeout of reply.`,
              redeploy,
            ),
          ]),
      ...(receives === 0 ? [problem('Nothing leads from the queue to the dead letters.', redeploy)] : []),
      ...(receives > 0 && receives < LEAST_RECEIVES
        ? [
            problem(
              `A message becomes a dead letter after ${receives} tries: expected at least ${LEAST_RECEIVES}.`,
              redeploy,
            ),
          ]
        : []),
      ...(retention >= LEAST_RETENTION_S
        ? []
        : [problem(`The queue keeps messages for ${retention} s: expected at least a day.`, redeploy)]),
    ];
  },
});
