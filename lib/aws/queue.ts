import {
  ChangeMessageVisibilityCommand,
  SendMessageCommand,
  SQSClient,
  type SQSClientConfig,
} from '@aws-sdk/client-sqs';
import type { Queue } from '../ports.ts';
import { AwsError } from './aws-error.ts';
import { checkQueueMessage } from './check-queue-message.ts';

export interface SqsQueue extends Queue {
  /**
   * Hides a received message for `seconds` (0 to 43,200) from now; with it, the rest of its group waits.
   * @throws AwsError, also for a receipt that is no longer valid.
   */
  postpone(receiptHandle: string, seconds: number): Promise<void>;
}

export interface SqsQueueOptions {
  /** The URL of a FIFO queue; the SDK sends to its host. */
  readonly url: string;
  /** Instead of what the SDK finds in the environment. */
  readonly client?: SQSClientConfig;
}

/** Three attempts and their waits end well within the four seconds that receive has. */
const CLIENT = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 300, requestTimeout: 800, throwOnRequestTimeout: true },
};

/**
 * An SQS FIFO queue. Sending again after an AwsError is safe within five minutes: the deduplication id makes it
 * one message. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function createQueue({ url, client = {} }: SqsQueueOptions): SqsQueue {
  const sqs = new SQSClient({ ...CLIENT, ...client });
  return {
    send: async (message) => {
      checkQueueMessage(message);
      await attempt('SQS SendMessage', () =>
        sqs.send(
          new SendMessageCommand({
            QueueUrl: url,
            MessageGroupId: message.groupId,
            MessageDeduplicationId: message.deduplicationId,
            MessageBody: message.body,
          }),
        ),
      );
    },
    postpone: async (receiptHandle, seconds) => {
      await attempt('SQS ChangeMessageVisibility', () =>
        sqs.send(
          new ChangeMessageVisibilityCommand({
            QueueUrl: url,
            ReceiptHandle: receiptHandle,
            VisibilityTimeout: seconds,
          }),
        ),
      );
    },
  };
}

async function attempt<T>(operation: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new AwsError(operation, error);
  }
}
