import { errorCode } from '../error-code.ts';
import { BotError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Queue, Random } from '../ports.ts';
import { backoff } from '../retry.ts';
import { RetryError } from '../retry-error.ts';

/** One queue message as the event source mapping hands it over. */
export interface Delivery {
  readonly body: string;
  /** 1 the first time. */
  readonly receiveCount: number;
  /** When it was put on the queue, in milliseconds since the epoch; undefined where the queue does not say. */
  readonly sentAt?: number | undefined;
  /** Whether it has gone behind the other messages of its conversation; undefined where the queue does not say. */
  readonly wentBehind?: boolean | undefined;
  /** Milliseconds until this invocation ends. */
  readonly remainingMs: () => number;
}

/** The parts of an SQS record used here: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export interface QueueRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: {
    readonly ApproximateReceiveCount: string;
    readonly MessageGroupId?: string | undefined;
    readonly MessageDeduplicationId?: string | undefined;
    /** In milliseconds since the epoch. */
    readonly SentTimestamp?: string | undefined;
  };
}

export interface BatchPorts {
  /** Resolves when the message needs no more work; throws RetryError, or anything else when it failed. */
  readonly answer: (delivery: Delivery) => Promise<void>;
  /** Makes a message invisible for `seconds` more; its failure only costs time. */
  readonly postpone: (receiptHandle: string, seconds: number) => Promise<void>;
  /** The queue itself, for what must let others of its conversation pass; without it, that waits in front of them. */
  readonly queue?: Pick<Queue, 'send'> | undefined;
  readonly random: Random;
  readonly log: Log;
  /** Tells whoever watches (the local world's page) which message failed and why; must not throw. */
  readonly onHandedBack?: ((record: QueueRecord, reason: string) => void) | undefined;
}

export interface BatchResult {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

/** Begins the deduplication id of what has gone behind the others. */
const BEHIND = 'behind|';
/** SQS allows twelve hours; an hour is more than any wait we ask for. */
const MAX_POSTPONE_SECONDS = 3_600;
/**
 * After so many deliveries nothing comes back sooner than the usual backoff, however short a wait was asked for: the
 * queue counts deliveries, and waits of half a minute would use them all up in an outage of an hour.
 */
const PATIENT_RECEIVES = 5;

/**
 * Works through a batch, groups side by side, each group in order. After a failure the rest of that group goes back
 * to the queue untouched, so its order holds; the other groups go on. What has come often may be what processes die of
 * (reply/open-try.ts): its group comes last and by itself, so that nobody else is blamed for that.
 * @returns the messages to deliver again: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export async function processBatch(
  records: readonly QueueRecord[],
  ports: BatchPorts,
  remainingMs: () => number,
): Promise<BatchResult> {
  const byGroup = Map.groupBy(records, ({ attributes, messageId }) => attributes.MessageGroupId ?? messageId);
  const groups = [...byGroup.values()];
  const others = groups.filter((group) => !isTroubled(group));
  const failed = await Promise.all(others.map((group) => processGroup(group, ports, remainingMs)));
  for (const group of groups.filter(isTroubled)) failed.push(await processGroup(group, ports, remainingMs));
  return { batchItemFailures: failed.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

function isTroubled(group: readonly QueueRecord[]): boolean {
  return group.some(({ attributes }) => Number(attributes.ApproximateReceiveCount) >= PATIENT_RECEIVES);
}

async function processGroup(group: readonly QueueRecord[], ports: BatchPorts, remainingMs: () => number) {
  for (const [position, record] of group.entries()) {
    const { ApproximateReceiveCount, SentTimestamp, MessageDeduplicationId } = record.attributes;
    const receiveCount = Number(ApproximateReceiveCount);
    const sentAt = SentTimestamp === undefined ? undefined : Number(SentTimestamp);
    try {
      const wentBehind = MessageDeduplicationId?.startsWith(BEHIND);
      await ports.answer({ body: record.body, receiveCount, sentAt, wentBehind, remainingMs });
    } catch (error) {
      if (error instanceof RetryError && error.behind && (await goesBehind(record, error.reason, ports)))
        continue;
      const rest = group.slice(position);
      await postpone(rest, delaySeconds(error, receiveCount, record, ports), ports);
      return rest;
    }
  }
  return [];
}

/**
 * Puts a message behind all others of its conversation, as one of its own. Until this delivery is done with, the same
 * again is dropped by the queue.
 */
async function goesBehind(
  { messageId, body, attributes }: QueueRecord,
  reason: string,
  { queue, log }: BatchPorts,
): Promise<boolean> {
  const groupId = attributes.MessageGroupId;
  if (queue === undefined || groupId === undefined) return false;
  try {
    await queue.send({ groupId, deduplicationId: `${BEHIND}${messageId}`, body });
  } catch {
    return false;
  }
  log.count('reply_retried', reason);
  log.info('went behind the other messages of its conversation', { conversationSid: groupId, reason });
  return true;
}

function delaySeconds(
  error: unknown,
  receiveCount: number,
  record: QueueRecord,
  { random, log, onHandedBack }: BatchPorts,
): number {
  const retry = error instanceof RetryError ? error : undefined;
  const reason = retry?.reason ?? errorCode(error);
  log.count('reply_retried', reason);
  log[retry ? 'info' : 'error']('handed back to the queue', {
    conversationSid: record.attributes.MessageGroupId,
    reason,
    attempt: receiveCount,
  });
  onHandedBack?.(record, reason);
  // Reading from Twilio can be refused with a Retry-After too.
  const asked = retry?.delayMs ?? (error instanceof BotError ? error.retryAfterMs : undefined);
  const usual = asked === undefined || receiveCount > PATIENT_RECEIVES ? backoff(receiveCount, random) : 0;
  return Math.min(MAX_POSTPONE_SECONDS, Math.ceil(Math.max(asked ?? 0, usual) / 1000));
}

/**
 * The whole rest of the group gets the same delay: SQS hands out nothing of a group while any of its messages is
 * invisible, so one left at the queue's visibility timeout would hold up all the others.
 */
async function postpone(rest: readonly QueueRecord[], seconds: number, ports: BatchPorts): Promise<void> {
  const results = await Promise.allSettled(
    rest.map(({ receiptHandle }) => ports.postpone(receiptHandle, seconds)),
  );
  if (results.some(({ status }) => status === 'rejected')) ports.log.count('postpone_failed');
}
