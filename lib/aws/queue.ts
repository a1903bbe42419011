import { createHash } from 'node:crypto';
import type { Queue } from '../ports.ts';
import { AwsError } from './aws-error.ts';
import { type AwsOptions, type AwsService, createAwsCaller } from './call-aws.ts';
import { checkQueueMessage } from './check-queue-message.ts';

export interface SqsQueue extends Queue {
  /**
   * Hides a received message for `seconds` (0 to 43,200) from now; with it, the rest of its group waits.
   * @throws AwsError, also for a receipt that is no longer valid.
   */
  postpone(receiptHandle: string, seconds: number): Promise<void>;
}

export interface SqsQueueOptions {
  /** The URL of a FIFO queue; what is for the queue is sent to its host. */
  readonly url: string;
  /** Instead of what Lambda's environment says. */
  readonly client?: AwsOptions;
}

/** Three attempts and their waits end well within the four seconds that receive has. */
export const SQS = (url: string): AwsService => ({
  name: 'SQS',
  signingName: 'sqs',
  endpoint: () => new URL(url).origin,
  target: 'AmazonSQS',
  retryDelayMs: 50,
  maxAttempts: 3,
  connectTimeoutMs: 300,
  answerTimeoutMs: 800,
  queryNames: {
    'AWS.SimpleQueueService.MessageNotInflight': 'MessageNotInflight',
    'AWS.SimpleQueueService.NonExistentQueue': 'QueueDoesNotExist',
    'AWS.SimpleQueueService.UnsupportedOperation': 'UnsupportedOperation',
    'KMS.AccessDeniedException': 'KmsAccessDenied',
    'KMS.DisabledException': 'KmsDisabled',
    'KMS.InvalidKeyUsageException': 'KmsInvalidKeyUsage',
    'KMS.InvalidStateException': 'KmsInvalidState',
    'KMS.NotFoundException': 'KmsNotFound',
    'KMS.OptInRequired': 'KmsOptInRequired',
    'KMS.ThrottlingException': 'KmsThrottled',
  },
});

/**
 * An SQS FIFO queue. Sending again after an AwsError is safe within five minutes: the deduplication id makes it
 * one message. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function createQueue({ url, client }: SqsQueueOptions): SqsQueue {
  const call = createAwsCaller(SQS(url), client);
  return {
    send: async (message) => {
      checkQueueMessage(message);
      const sent = await call<{ readonly MD5OfMessageBody: string }>('SendMessage', {
        QueueUrl: url,
        MessageGroupId: message.groupId,
        MessageDeduplicationId: message.deduplicationId,
        MessageBody: message.body,
      });
      if (sent.MD5OfMessageBody !== createHash('md5').update(message.body).digest('hex')) {
        throw new AwsError('SQS SendMessage', Object.assign(new Error(), { name: 'InvalidChecksumError' }));
      }
    },
    postpone: async (receiptHandle, seconds) => {
      await call('ChangeMessageVisibility', {
        QueueUrl: url,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      });
    },
  };
}
