import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { messageAddedFrom } from '../../../lib/history/message-event.ts';
import { sealFound } from '../../../lib/queue/envelope.ts';
import type { OperatedStack } from '../operated-stack.ts';

/**
 * Has a customer write what no webhook reports.
 * @returns the message as Twilio shows it
 */
export async function writeUnheard(stack: OperatedStack, conversationSid: string, body: string) {
  stack.service.faults.arm({ kind: 'webhook-drop' });
  const message = await stack.service.customer.write({ conversationSid, body });
  await stack.service.idle();
  return message as unknown as Parameters<typeof messageAddedFrom>[0];
}

/**
 * Has a customer write what ends in the dead letters of SQS.
 * @returns the SID of the message
 */
export async function putDeadLetter(
  stack: OperatedStack,
  conversationSid: string,
  body: string,
): Promise<string> {
  const { accountSid, serviceSid } = stack.service;
  const message = await writeUnheard(stack, conversationSid, body);
  const event = messageAddedFrom(message, accountSid, { serviceSid, conversationSid });
  const sqs = new SQSClient(stack.aws.clients.sqs);
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: stack.aws.dlqUrl,
      MessageBody: sealFound(event, Date.now()),
      MessageGroupId: conversationSid,
      MessageDeduplicationId: `onMessageAdded|${message.sid}`,
    }),
  );
  sqs.destroy();
  return message.sid;
}
