import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { createQueue } from '../../../lib/aws/queue.ts';
import type { DeadLetter, DeadLetters, QueueDepth, QueueEnd } from '../stage.ts';
import { type AwsClients, asFunctionsTake } from './aws-clients.ts';

/** Long enough to look through what was read and to act on it. */
const HIDDEN_SECONDS = 120;
const MOST_AT_ONCE = 10;

export function awsQueueEnd(clients: AwsClients, url: string): QueueEnd {
  const { send } = createQueue({ url, client: asFunctionsTake(clients.sqs()) });
  return { send, depth: () => depthOf(clients, url) };
}

async function depthOf(clients: AwsClients, QueueUrl: string): Promise<QueueDepth> {
  const { Attributes = {} } = await clients.sqs().send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  );
  return {
    visible: Number(Attributes.ApproximateNumberOfMessages ?? 0),
    inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0),
  };
}

export function awsDeadLetters(clients: AwsClients, QueueUrl: string): DeadLetters {
  return {
    count: async () => (await depthOf(clients, QueueUrl)).visible,
    read: async (max) => {
      const read: DeadLetter[] = [];
      while (read.length < max) {
        const { Messages = [] } = await clients.sqs().send(
          new ReceiveMessageCommand({
            QueueUrl,
            MaxNumberOfMessages: Math.min(MOST_AT_ONCE, max - read.length),
            VisibilityTimeout: HIDDEN_SECONDS,
            // A short poll asks only some of the servers.
            WaitTimeSeconds: 1,
            MessageSystemAttributeNames: ['SentTimestamp', 'MessageGroupId', 'MessageDeduplicationId'],
          }),
        );
        if (Messages.length === 0) break;
        for (const { MessageId = '', ReceiptHandle = '', Body = '', Attributes = {} } of Messages) {
          read.push({
            id: MessageId,
            handle: ReceiptHandle,
            body: Body,
            sentAt: Number(Attributes.SentTimestamp),
            groupId: Attributes.MessageGroupId ?? '',
            deduplicationId: Attributes.MessageDeduplicationId ?? '',
          });
        }
      }
      return read;
    },
    remove: async ({ handle }) => {
      await clients.sqs().send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: handle }));
    },
    release: async ({ handle }) => {
      await clients
        .sqs()
        .send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: handle, VisibilityTimeout: 0 }));
    },
  };
}
