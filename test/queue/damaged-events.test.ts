import { describe, expect, it } from 'vitest';
import { spoolKey } from '../../lib/record/keys.ts';
import { numbered, numberOf, range, scene } from './spool-scene.ts';

// It went to the queue again and again, and after ten such events nothing of its partition did.
describe('an event that somebody has damaged', () => {
  const DAMAGED = [
    null,
    'x',
    7,
    [],
    {},
    { groupId: 'CH1', deduplicationId: 'x' },
    { groupId: 7, deduplicationId: 'x', body: '' },
  ];

  it.each(DAMAGED.map((value) => ({ value })))(
    'holds up no other, is counted and named: $value',
    async ({ value }) => {
      const { store, clock, fill, hooks, sweepNext, sent, counted, log } = scene();
      for (const n of range(20)) {
        await store.put(spoolKey(numbered(n), clock.now()), { version: 1, expiresAt: 2e9, value }, undefined);
        clock.advance(1);
      }
      await fill([numbered(20), numbered(21)]);
      hooks.takes = () => true;
      await sweepNext();
      expect(sent.map(numberOf)).toEqual([20, 21]);
      expect(counted('event_stays_spooled').map(({ reason }) => reason)).toEqual(Array(20).fill('damaged'));
      expect(log.lines).toContainEqual(
        expect.objectContaining({ level: 'error', conversationSid: 'CH1', messageSid: 'IM0000' }),
      );
      expect(store.items()).toHaveLength(20);
    },
  );

  it.each([
    {
      deduplicationId: 'onMessageAdded|IM0007',
      named: { conversationSid: 'CH12', messageSid: 'IM0007' },
    },
    // The replay's id is in the middle, and may be any word.
    {
      deduplicationId: 'replay|IMPORT-1|IM0007',
      named: { conversationSid: 'CH12', messageSid: 'IM0007' },
    },
    {
      deduplicationId: 'replay|IMPORT1|IM0007',
      named: { conversationSid: 'CH12', messageSid: 'IM0007' },
    },
    // Of a change its key says when as well.
    {
      deduplicationId: 'onMessageUpdated|IM0007|2026-11-20T23:15:00.000Z',
      named: { conversationSid: 'CH12', messageSid: 'IM0007' },
    },
    { deduplicationId: 'onConversationAdded|CH12', named: { conversationSid: 'CH12' } },
  ])('is named in the log as far as its key says what it was: $deduplicationId', async (one) => {
    const { store, clock, sweep, log } = scene();
    const key = spoolKey({ groupId: 'CH12', deduplicationId: one.deduplicationId }, clock.now());
    await store.put(key, { version: 1, expiresAt: 2e9, value: null }, undefined);
    await sweep();
    const errors = log.lines.filter(({ level }) => level === 'error').map(({ time: _, ...line }) => line);
    expect(errors).toEqual([
      { level: 'error', message: 'an event in the spool cannot be read', ...one.named },
    ]);
  });
});
