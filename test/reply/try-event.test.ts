import { expect, it } from 'vitest';
import type { OpenedEnvelope } from '../../lib/queue/envelope.ts';
import { saveNext, triesKey } from '../../lib/record/keys.ts';
import { NO_TRIES } from '../../lib/record/tries.ts';
import { keyOf, tryEvent } from '../../lib/reply/try-event.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { messageAdded } from '../rules/support.ts';

it('a message that is decided anew has all its tries before it, each time', async () => {
  const clock = { now: () => 0 };
  const store = createMemoryStore({ clock });
  const ports = {
    store,
    clock,
    circuit: { succeeded: () => undefined },
    answersAtAll: async () => true,
    isOfTable: () => false,
    maxAgeMs: 3_600_000,
  };
  const event = messageAdded();
  const address = { conversationSid: event.ConversationSid };
  const envelope: OpenedEnvelope = { event, address, receivedAt: 0, doubtful: false };
  const open = (replay: string | undefined) =>
    tryEvent(ports, { ...envelope, replay }, { body: '', receiveCount: 3, remainingMs: () => 60_000 });
  const value = { ...NO_TRIES, failures: 4 };
  await saveNext(ports, { key: triesKey(keyOf(envelope)), value, lifetime: 'record' }, undefined);
  expect((await open(undefined)).number).toBe(5);
  const first = await open('r1');
  expect(first.number).toBe(1);
  await first.fails(new TypeError('x'));
  expect((await open('r1')).number).toBe(2);
  expect((await open('r2')).number).toBe(1);
});
