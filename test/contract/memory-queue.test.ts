import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryQueue } from '../../local/lambda/memory-queue.ts';
import { ReceiptInvalidError } from '../../local/lambda/receipt-invalid-error.ts';
import { manualClock } from './manual-clock.ts';

/** What a stand-in for SQS that knows no virtual time cannot show; the rest is in queue.contract.ts. */
describe('the memory queue', () => {
  const message = (groupId: string, body: string, deduplicationId = body) => ({
    groupId,
    deduplicationId,
    body,
  });

  it('drops an id for five minutes from the first send, to the millisecond', async () => {
    const clock = manualClock();
    const queue = createMemoryQueue({ clock });
    await queue.send(message('a', 'first', 'id'));
    clock.advance(299_999);
    await queue.send(message('a', 'second', 'id'));
    clock.advance(1);
    await queue.send(message('a', 'third', 'id'));
    expect(queue.receive().map(({ body }) => body)).toEqual(['first', 'third']);
  });

  it('counts an id within its group, as the deployed queue does', async () => {
    const queue = createMemoryQueue({ clock: manualClock() });
    await queue.send(message('a', 'for a', 'id'));
    await queue.send(message('b', 'for b', 'id'));
    expect(queue.receive()).toHaveLength(2);
  });

  it('shows a message again exactly when its visibility timeout ends', async () => {
    const clock = manualClock();
    const queue = createMemoryQueue({ clock, visibilityTimeoutSeconds: 30 });
    await queue.send(message('a', 'x'));
    queue.receive();
    clock.advance(29_999);
    expect(queue.receive()).toEqual([]);
    clock.advance(1);
    expect(queue.receive().map(({ receiveCount }) => receiveCount)).toEqual([2]);
  });

  it('refuses a receipt whose time is over, before and after somebody else has the message', async () => {
    const clock = manualClock();
    const queue = createMemoryQueue({ clock, visibilityTimeoutSeconds: 30 });
    await queue.send(message('a', 'x'));
    const [late] = queue.receive();
    clock.advance(30_000);
    expect(() => queue.delete(String(late?.receiptHandle))).toThrow(ReceiptInvalidError);
    const [current] = queue.receive();
    expect(() => queue.delete(String(late?.receiptHandle))).toThrow(ReceiptInvalidError);
    queue.delete(String(current?.receiptHandle));
    expect(queue.size()).toBe(0);
  });

  it('says when it will next give something', async () => {
    const clock = manualClock();
    const queue = createMemoryQueue({ clock, visibilityTimeoutSeconds: 30 });
    expect(queue.nextVisibleAt()).toBeUndefined();
    await queue.send(message('a', 'a1'));
    expect(queue.nextVisibleAt()).toBe(clock.now());
    const [first] = queue.receive();
    await queue.send(message('a', 'a2'));
    expect(queue.nextVisibleAt()).toBe(clock.now() + 30_000);
    await queue.postpone(String(first?.receiptHandle), 45);
    expect(queue.nextVisibleAt()).toBe(clock.now() + 45_000);
    await queue.send(message('b', 'b1'));
    expect(queue.nextVisibleAt()).toBe(clock.now());
  });

  it('gives a message up once, and no batch has it any more', async () => {
    const clock = manualClock();
    const queue = createMemoryQueue({ clock, maxReceiveCount: 1 });
    await queue.send(message('a', 'poison'));
    for (let delivery = 0; delivery < 4; delivery += 1) {
      queue.receive();
      clock.advance(180_000);
    }
    expect(queue.deadLetters).toEqual([expect.objectContaining(message('a', 'poison'))]);
    expect(queue.size()).toBe(0);
  });

  it('hands over no more than it is asked for', async () => {
    const queue = createMemoryQueue({ clock: manualClock() });
    for (const body of ['1', '2', '3']) await queue.send(message('a', body));
    expect(queue.receive(2).map(({ body }) => body)).toEqual(['1', '2']);
  });

  it('loses, doubles and reorders nothing, whatever fails and however long anything takes', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('send'), group: fc.constantFrom('a', 'b', 'c') }),
      fc.record({ kind: fc.constant('receive'), max: fc.integer({ min: 1, max: 4 }), keep: fc.nat(4) }),
      fc.record({ kind: fc.constant('wait'), seconds: fc.nat(90) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const clock = manualClock();
        const queue = createMemoryQueue({ clock, visibilityTimeoutSeconds: 60, maxReceiveCount: 1_000 });
        const sent: string[] = [];
        const handled: string[] = [];
        /** Handles the first `keep` of a batch and lets the rest fail, group by group in order. */
        const work = (max: number, keep: number) => {
          const failedGroups = new Set<string>();
          for (const [at, { body, groupId, receiptHandle }] of queue.receive(max).entries()) {
            if (at >= keep || failedGroups.has(groupId)) failedGroups.add(groupId);
            else {
              handled.push(body);
              queue.delete(receiptHandle);
            }
          }
        };
        for (const one of steps) {
          if ('group' in one) {
            const body = `${one.group}${sent.length}`;
            sent.push(body);
            await queue.send(message(one.group, body));
          } else if ('max' in one) work(one.max, one.keep);
          else clock.advance(one.seconds * 1_000);
        }
        while (queue.size() > 0) {
          clock.advance(60_000);
          work(10, 10);
        }
        const ofGroup = (bodies: string[], group: string) => bodies.filter((body) => body.startsWith(group));
        for (const group of ['a', 'b', 'c']) expect(ofGroup(handled, group)).toEqual(ofGroup(sent, group));
      }),
    );
  });
});
