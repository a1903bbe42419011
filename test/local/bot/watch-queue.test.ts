import { describe, expect, it } from 'vitest';
import { eventKey } from '../../../lib/event/event-key.ts';
import { eventParams } from '../../../lib/event/event-params.ts';
import { sealEnvelope } from '../../../lib/queue/envelope.ts';
import type { QueueStep } from '../../../local/bot/bot-step.ts';
import { watchQueue } from '../../../local/bot/watch-queue.ts';
import { createMemoryQueue } from '../../../local/lambda/memory-queue.ts';
import { manualClock } from '../../contract/manual-clock.ts';
import { messageAdded } from '../../rules/support.ts';

const event = messageAdded({ Body: 'order 12345' });
const message = {
  groupId: event.ConversationSid,
  deduplicationId: eventKey(event),
  body: sealEnvelope(eventParams(event), 0),
};

function watched() {
  const clock = manualClock();
  const told: QueueStep[] = [];
  const queue = watchQueue(createMemoryQueue({ clock }), (step) => told.push(step));
  const changes = () => told.map(({ change, receiveCount }) => [change, receiveCount]);
  return { clock, queue, told, changes };
}

describe('a watched queue', () => {
  it('reports the whole way of a message, with its event', async () => {
    const { clock, queue, told, changes } = watched();
    await queue.send(message);
    const [first] = queue.receive();
    await queue.postpone(first?.receiptHandle ?? '', 45);
    clock.advance(45_000);
    const [second] = queue.receive();
    queue.delete(second?.receiptHandle ?? '');

    expect(changes()).toEqual([
      ['queued', 0],
      ['received', 1],
      ['postponed', 1],
      ['received', 2],
      ['deleted', 2],
    ]);
    expect(told.map(({ event: { EventType } }) => EventType)).toEqual(Array(5).fill('onMessageAdded'));
    expect(told[2]?.seconds).toBe(45);
  });

  it('tells an event that it has had before from a new one', async () => {
    const { queue, changes } = watched();
    await Promise.all([queue.send(message), queue.send(message)]);
    expect(changes()).toEqual([
      ['queued', 0],
      ['repeated', 0],
    ]);
  });

  it('changes nothing about the queue', async () => {
    const { queue } = watched();
    await queue.send(message);
    expect(queue.size()).toBe(1);
    expect(queue.receive()).toMatchObject([{ ...message, receiveCount: 1 }]);
    expect(queue.receive()).toEqual([]);
  });
});
