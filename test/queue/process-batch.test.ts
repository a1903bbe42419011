import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QueueMessage } from '../../lib/ports.ts';
import { EnvelopeInvalidError } from '../../lib/queue/envelope-errors.ts';
import { type Delivery, processBatch, type QueueRecord } from '../../lib/queue/process-batch.ts';
import { RetryError } from '../../lib/retry-error.ts';
import { RateLimitedError } from '../../lib/twilio/twilio-errors.ts';
import { silentLog } from '../support/silent-log.ts';

function record(id: string, group: string, receiveCount = 1): QueueRecord {
  return {
    messageId: id,
    receiptHandle: `handle-${id}`,
    body: id,
    attributes: { ApproximateReceiveCount: String(receiveCount), MessageGroupId: group },
  };
}

function ports(answer: (delivery: Delivery) => Promise<void>) {
  const postponed: [string, number][] = [];
  return {
    postponed,
    answer,
    random: () => 0.5,
    log: silentLog(),
    postpone: async (handle: string, seconds: number) => {
      postponed.push([handle, seconds]);
    },
  };
}

const remaining = () => 30_000;

describe('processBatch', () => {
  it('reports nothing when every message is answered', async () => {
    const result = await processBatch(
      [record('a', 'g')],
      ports(async () => {}),
      remaining,
    );
    expect(result).toEqual({ batchItemFailures: [] });
  });

  it('says when a message was put on the queue, where the queue does', async () => {
    const told: (number | undefined)[] = [];
    const { attributes, ...rest } = record('a', 'g');
    const stamped = { ...rest, attributes: { ...attributes, SentTimestamp: '1764000000000' } };
    const p = ports(async ({ sentAt }) => void told.push(sentAt));
    await processBatch([stamped, record('b', 'h')], p, remaining);
    expect(told).toEqual([1_764_000_000_000, undefined]);
  });

  it('says whether it went behind the others before, by its deduplication id', async () => {
    const told: (boolean | undefined)[] = [];
    const p = ports(async ({ wentBehind }) => void told.push(wentBehind));
    for (const id of ['behind|a1', 'onMessageAdded|behind|', undefined]) {
      const { attributes, ...rest } = record('a', 'g');
      const withId = { ...attributes, ...(id !== undefined && { MessageDeduplicationId: id }) };
      await processBatch([{ ...rest, attributes: withId }], p, remaining);
    }
    expect(told).toEqual([true, false, undefined]);
  });

  it('hands the rest of a group back after its first failure and goes on with the other groups', async () => {
    const answered: string[] = [];
    const p = ports(async ({ body }) => {
      if (body === 'a2') throw new RetryError('settling', 4_200);
      answered.push(body);
    });
    const batch = [
      record('a1', 'A'),
      record('a2', 'A'),
      record('b1', 'B'),
      record('a3', 'A'),
      record('b2', 'B'),
    ];
    const result = await processBatch(batch, p, remaining);
    expect(answered.sort()).toEqual(['a1', 'b1', 'b2']);
    expect(result.batchItemFailures).toEqual([{ itemIdentifier: 'a2' }, { itemIdentifier: 'a3' }]);
    expect(p.postponed).toEqual([
      ['handle-a2', 5],
      ['handle-a3', 5],
    ]);
    expect(p.log.lines.filter((line) => 'postpone_failed' in line)).toEqual([]);
  });

  it('waits longer after each failed delivery, at most fifteen minutes, when nobody asked for a delay', async () => {
    const delays: number[] = [];
    for (const receives of [1, 2, 5, 30]) {
      const p = ports(() => Promise.reject(new Error('boom')));
      await processBatch([record('a', 'g', receives)], p, remaining);
      delays.push(p.postponed[0]?.[1] ?? -1);
    }
    expect(delays).toEqual([3, 5, 40, 450]);
  });

  it('comes back when it was asked to, and after five deliveries not before the usual wait', async () => {
    const delays: number[] = [];
    for (const [receives, delayMs] of [
      [1, 0],
      [5, 30_000],
      [6, 30_000],
      [6, 300_000],
      [7, 0],
    ] as const) {
      const p = ports(() => Promise.reject(new RetryError('settling', delayMs)));
      await processBatch([record('a', 'g', receives)], p, remaining);
      delays.push(p.postponed[0]?.[1] ?? -1);
    }
    expect(delays).toEqual([0, 30, 80, 300, 160]);
  });

  it.each([
    [30_000, 30],
    [undefined, 3],
  ])('waits for a Retry-After of %s ms with which reading was refused', async (retryAfterMs, seconds) => {
    const p = ports(() => Promise.reject(new RateLimitedError({ status: 429 }, retryAfterMs)));
    await processBatch([record('a', 'g')], p, remaining);
    expect(p.postponed).toEqual([['handle-a', seconds]]);
  });

  it('hands over how often a message came and how much time is left', async () => {
    const seen: unknown[] = [];
    const p = ports(async ({ body, receiveCount, remainingMs }) => {
      seen.push([body, receiveCount, remainingMs()]);
    });
    await processBatch([record('a', 'g', 3)], p, remaining);
    expect(seen).toEqual([['a', 3, 30_000]]);
  });

  it.each([
    ['a wait', new RetryError('settling', 1_000), 'info', 'settling'],
    ['one of our errors', new EnvelopeInvalidError('x'), 'error', 'envelope_invalid'],
    ['anything else', new TypeError('CANARY'), 'error', 'defect'],
    ['what quotes a damaged item', new SyntaxError('"CANARY" is not valid JSON'), 'error', 'defect'],
  ])('counts and logs %s by its reason', async (_, error, level, reason) => {
    const p = ports(() => Promise.reject(error));
    await processBatch([record('a', 'CH1', 2)], p, remaining);
    const at = expect.any(String);
    const message = 'handed back to the queue';
    expect(p.log.lines).toMatchObject([
      { reply_retried: 1, reason },
      { time: at, level, message, conversationSid: 'CH1', reason, attempt: 2 },
    ]);
  });

  it('tells whoever watches which message failed, how often it has come and why, but not of the rest', async () => {
    const told: unknown[] = [];
    const p = ports(({ body }) =>
      body === 'a2' ? Promise.reject(new RetryError('settling', 4_200)) : Promise.resolve(),
    );
    const onHandedBack = ({ body, attributes }: QueueRecord, reason: string) =>
      told.push([body, attributes.ApproximateReceiveCount, reason, p.postponed.length]);
    const batch = [record('a1', 'A'), record('a2', 'A', 3), record('a3', 'A'), record('b1', 'B')];
    await processBatch(batch, { ...p, onHandedBack }, remaining);
    expect(told).toEqual([['a2', '3', 'settling', 0]]);
  });

  it('still reports the failure when the message cannot be postponed', async () => {
    const p = {
      ...ports(() => Promise.reject(new RetryError('x'))),
      postpone: () => Promise.reject(new Error('SQS')),
    };
    const result = await processBatch([record('a', 'g')], p, remaining);
    expect(result.batchItemFailures).toEqual([{ itemIdentifier: 'a' }]);
    expect(p.log.lines.filter((line) => 'postpone_failed' in line)).toHaveLength(1);
  });

  it('counts that a message could not be postponed when others could', async () => {
    const p = ports(() => Promise.reject(new RetryError('x')));
    const postpone = (handle: string) =>
      handle === 'handle-b' ? Promise.reject(new Error('SQS')) : Promise.resolve();
    await processBatch([record('a', 'g'), record('b', 'g')], { ...p, postpone }, remaining);
    expect(p.log.lines.filter((line) => 'postpone_failed' in line)).toHaveLength(1);
  });

  it('never asks SQS for more than an hour', async () => {
    const p = ports(() => Promise.reject(new RetryError('x', 10 * 3_600_000)));
    await processBatch([record('a', 'g')], p, remaining);
    expect(p.postponed).toEqual([['handle-a', 3_600]]);
  });

  it('treats messages without a group as groups of their own', async () => {
    const bare = (id: string): QueueRecord => ({
      ...record(id, ''),
      attributes: { ApproximateReceiveCount: '1' },
    });
    const p = ports(({ body }) => (body === 'a' ? Promise.reject(new Error('x')) : Promise.resolve()));
    const result = await processBatch([bare('a'), bare('b')], p, remaining);
    expect(result.batchItemFailures).toEqual([{ itemIdentifier: 'a' }]);
  });

  // What a process dies of would take the marks of its neighbours with it.
  it('works last and alone on a group of which a message has come five times', async () => {
    const events: string[] = [];
    const p = ports(async ({ body }) => {
      events.push(`${body} begins`);
      await Promise.resolve();
      events.push(`${body} ends`);
    });
    const [a1, a2] = [record('a1', 'A', 5), record('a2', 'A')];
    const batch = [a1, record('b1', 'B', 9), record('c1', 'C', 4), record('d1', 'D'), a2];
    await processBatch(batch, p, remaining);
    expect(events.slice(0, 4).sort()).toEqual(['c1 begins', 'c1 ends', 'd1 begins', 'd1 ends']);
    expect(events.slice(0, 2)).toEqual(['c1 begins', 'd1 begins']);
    const last = ['a1', 'a2', 'b1'].flatMap((body) => [`${body} begins`, `${body} ends`]);
    expect(events.slice(4)).toEqual(last);
  });

  it('in any batch answers exactly each group up to its first failure, in order', async () => {
    const batches = fc.array(fc.record({ group: fc.constantFrom('A', 'B', 'C'), fails: fc.boolean() }), {
      maxLength: 10,
    });
    await fc.assert(
      fc.asyncProperty(batches, async (spec) => {
        const fails = new Set(spec.flatMap(({ fails }, i) => (fails ? [String(i)] : [])));
        const tried: string[] = [];
        const p = ports(async ({ body }) => {
          tried.push(body);
          if (fails.has(body)) throw new Error('x');
        });
        const result = await processBatch(
          spec.map(({ group }, i) => record(String(i), group)),
          p,
          remaining,
        );
        const blocked = new Set<string>();
        const expected = spec.map(({ group }, i) => {
          const skipped = blocked.has(group);
          if (fails.has(String(i))) blocked.add(group);
          return { id: String(i), skipped, failed: skipped || fails.has(String(i)) };
        });
        expect(tried.map(Number).sort((a, b) => a - b)).toEqual(
          expected.filter(({ skipped }) => !skipped).map(({ id }) => Number(id)),
        );
        expect(new Set(result.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))).toEqual(
          new Set(expected.filter(({ failed }) => failed).map(({ id }) => id)),
        );
      }),
    );
  });
});

describe('a message that lets others of its conversation pass', () => {
  const waits = async () => {
    throw new RetryError('webhook_awaited', 2_000, { behind: true });
  };

  it('is put behind them as another queue message, and is done with', async () => {
    const sent: QueueMessage[] = [];
    const answered: string[] = [];
    const p = ports(async ({ body }) => (body === 'a1' ? waits() : void answered.push(body)));
    const queue = { send: async (message: QueueMessage) => void sent.push(message) };
    const result = await processBatch([record('a1', 'A'), record('a2', 'A')], { ...p, queue }, remaining);
    expect(result).toEqual({ batchItemFailures: [] });
    expect(sent).toEqual([{ groupId: 'A', deduplicationId: 'behind|a1', body: 'a1' }]);
    expect(answered).toEqual(['a2']);
    expect(p.postponed).toEqual([]);
    const reason = 'webhook_awaited';
    expect(p.log.lines).toMatchObject([
      { reply_retried: 1, reason },
      {
        level: 'info',
        message: 'went behind the other messages of its conversation',
        conversationSid: 'A',
        reason,
      },
    ]);
  });

  it('stays where it is when it waits for something else, or belongs to no conversation', async () => {
    const sent: QueueMessage[] = [];
    const queue = { send: async (message: QueueMessage) => void sent.push(message) };
    const settles = ports(() => Promise.reject(new RetryError('settling', 1_000)));
    const alone = { ...record('b1', 'B'), attributes: { ApproximateReceiveCount: '1' } };
    for (const [p, message] of [[settles, record('a1', 'A')] as const, [ports(waits), alone] as const]) {
      const { batchItemFailures } = await processBatch([message], { ...p, queue }, remaining);
      expect(batchItemFailures).toEqual([{ itemIdentifier: message.messageId }]);
    }
    expect(sent).toEqual([]);
  });

  it.each([
    ['refuses it', { send: () => Promise.reject(new Error('SQS')) }],
    ['is not there', undefined],
  ])('waits in front of them when the queue %s', async (_, queue) => {
    const p = ports(waits);
    const result = await processBatch([record('a1', 'A'), record('a2', 'A')], { ...p, queue }, remaining);
    expect(result.batchItemFailures).toEqual([{ itemIdentifier: 'a1' }, { itemIdentifier: 'a2' }]);
    expect(p.postponed).toEqual([
      ['handle-a1', 2],
      ['handle-a2', 2],
    ]);
  });
});
