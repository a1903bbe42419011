import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Delivery, processBatch, type QueueRecord } from '../../lib/reply/process-batch.ts';
import { Retry } from '../../lib/reply/retry.ts';
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

  it('hands the rest of a group back after its first failure and goes on with the other groups', async () => {
    const answered: string[] = [];
    const p = ports(async ({ body }) => {
      if (body === 'a2') throw new Retry('settling', 4_200);
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

  it('still reports the failure when the message cannot be postponed', async () => {
    const p = {
      ...ports(() => Promise.reject(new Retry('x'))),
      postpone: () => Promise.reject(new Error('SQS')),
    };
    const result = await processBatch([record('a', 'g')], p, remaining);
    expect(result.batchItemFailures).toEqual([{ itemIdentifier: 'a' }]);
  });

  it('never asks SQS for more than an hour', async () => {
    const p = ports(() => Promise.reject(new Retry('x', 10 * 3_600_000)));
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
