import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { InvokeResult } from './runtime-api.ts';
import { sqsRecord } from './sqs-record.ts';

export interface PollOptions {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  /** @default 10, the most Lambda takes from a FIFO queue */
  readonly batchSize?: number;
  /** How long one receive waits for a message, in seconds. @default 0 */
  readonly waitSeconds?: number;
}

export interface MappingOptions extends PollOptions {
  readonly invoke: (event: SQSEvent) => Promise<InvokeResult>;
}

/**
 * Lambda's event source mapping for SQS with ReportBatchItemFailures: what was handled is deleted, what failed stays
 * in flight until its visibility ends, and an answer that makes no sense fails the whole batch.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 * @returns how many messages were handed over; 0 when none was visible
 */
export async function deliverBatch(options: MappingOptions): Promise<number> {
  const messages = await receive(options);
  if (messages.length === 0) return 0;
  const result = await options.invoke(toSqsEvent(messages));
  const handled = messages.filter(({ MessageId }) => !failedIds(result, messages).has(MessageId));
  if (handled.length > 0) await remove(options, handled);
  return messages.length;
}

/** Delivers until no message is visible. Failed ones stay in flight, so this ends. */
export async function deliverAll(options: MappingOptions): Promise<number> {
  let total = 0;
  for (let count = -1; count !== 0; total += count) count = await deliverBatch(options);
  return total;
}

/** Takes messages without deleting them: what a function sees that dies before it answers. */
export async function receive({
  sqs,
  queueUrl,
  batchSize = 10,
  waitSeconds = 0,
}: PollOptions): Promise<Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: batchSize,
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
    }),
  );
  return Messages;
}

export function toSqsEvent(messages: readonly Message[]): SQSEvent {
  return { Records: messages.map(toRecord) };
}

function toRecord({ MessageId = '', ReceiptHandle = '', Body = '', Attributes }: Message): SQSRecord {
  return sqsRecord({
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: Attributes as unknown as SQSRecord['attributes'],
  });
}

function failedIds(result: InvokeResult, messages: readonly Message[]): ReadonlySet<string | undefined> {
  const all = new Set(messages.map(({ MessageId }) => MessageId));
  if (!result.ok) return all;
  const failures = (result.payload as SQSBatchResponse | null)?.batchItemFailures ?? [];
  const failed = new Set(failures.map(({ itemIdentifier }) => itemIdentifier));
  return [...failed].every((id) => all.has(id)) ? failed : all;
}

async function remove({ sqs, queueUrl }: PollOptions, messages: readonly Message[]): Promise<void> {
  const entries = messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
}
