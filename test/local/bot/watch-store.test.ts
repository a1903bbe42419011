import { describe, expect, it } from 'vitest';
import { conversationKey, recordKey } from '../../../lib/record/keys.ts';
import type { NotedStep } from '../../../local/bot/bot-step.ts';
import { watchStore } from '../../../local/bot/watch-store.ts';
import { createMemoryStore } from '../../../local/lambda/memory-store.ts';
import { manualClock } from '../../contract/manual-clock.ts';

function watched() {
  const told: NotedStep[] = [];
  const store = watchStore(createMemoryStore({ clock: manualClock() }), (step) => told.push(step));
  const put = (key: Parameters<typeof store.put>[0], value: object, expected?: number) =>
    store.put(key, { version: (expected ?? 0) + 1, expiresAt: 9e9, value }, expected);
  return { told, put };
}

describe('a watched store', () => {
  it('reports what is noted of a conversation, and no more of it than the page shows', async () => {
    const { told, put } = watched();
    const handover = { at: 1, until: 2, back: ['bot'] };
    const memory = { values: { order: '12345' } };
    await put(conversationKey('CH1'), { v: 1, accounted: 4, handover, memory, personAt: 7, givenBackAt: 8 });
    await put(conversationKey('CH2'), { v: 1, accounted: 4, mutedUntil: 0 });
    await put(conversationKey('CH3'), { v: 1, mutedUntil: 9 });
    expect(told).toEqual([
      {
        kind: 'noted',
        conversationSid: 'CH1',
        conversation: { handover, memory, personAt: 7, givenBackAt: 8 },
      },
      { kind: 'noted', conversationSid: 'CH2', conversation: {} },
      { kind: 'noted', conversationSid: 'CH3', conversation: { mutedUntil: 9 } },
    ]);
  });

  it('reports neither records nor what somebody else has written before', async () => {
    const { told, put } = watched();
    await put(recordKey('CH1', 'onMessageAdded|IM1'), { v: 1, parts: [] });
    await put(conversationKey('CH1'), { v: 1 });
    expect(await put(conversationKey('CH1'), { v: 1, personAt: 7 })).toBe(false);
    expect(told).toHaveLength(1);
  });
});
