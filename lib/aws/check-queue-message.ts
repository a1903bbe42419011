import type { QueueMessage } from '../ports.ts';
import { QueueMessageRefusedError } from './queue-message-refused-error.ts';

/** The queue's MaximumMessageSize in stack/storage.yml. */
const MAX_BODY_BYTES = 262_144;
const ID = /^[!-~]{1,128}$/;

/**
 * The rules every Queue keeps, so that what works in memory works on SQS:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 * @throws QueueMessageRefusedError, naming the field and never its value.
 */
export function checkQueueMessage({ groupId, deduplicationId, body }: QueueMessage): void {
  for (const [field, id] of Object.entries({ groupId, deduplicationId }))
    if (!ID.test(id))
      throw new QueueMessageRefusedError(
        `${field} has ${id.length} characters; 1 to 128 printable ASCII characters without spaces are allowed.`,
      );
  if (body.length === 0 || body.length > MAX_BODY_BYTES)
    throw new QueueMessageRefusedError(`body has ${body.length} bytes; 1 to ${MAX_BODY_BYTES} are allowed.`);
  // SQS refuses U+FFFE, U+FFFF and most control characters, which JSON.stringify lets through in part.
  if (!/^[ -~]*$/.test(body))
    throw new QueueMessageRefusedError(
      'body holds characters outside printable ASCII; escape them as \\uXXXX (queue/envelope.ts does).',
    );
}
