import { createHash } from 'node:crypto';
import type { SQSRecord } from 'aws-lambda';

/**
 * One message of the FIFO queue as Lambda hands it to a function, from what differs between messages.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-fifo-queue-message-event
 */
export function sqsRecord({
  messageId,
  receiptHandle,
  body,
  attributes,
}: Pick<SQSRecord, 'messageId' | 'receiptHandle' | 'body' | 'attributes'>): SQSRecord {
  return {
    messageId,
    receiptHandle,
    body,
    attributes,
    messageAttributes: {},
    md5OfBody: createHash('md5').update(body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:parley.fifo',
    awsRegion: 'us-east-1',
  };
}
