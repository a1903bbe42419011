import { beforeEach, describe, expect, it } from 'vitest';
import { handBack, MAX_MUTE_MS, muteConversation, unmuteConversation } from '../../lib/record/by-hand.ts';
import { type ConversationRecord, NEW_CONVERSATION } from '../../lib/record/conversation.ts';
import { conversationKey, LIFETIMES } from '../../lib/record/keys.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { type ManualClock, manualClock } from '../contract/manual-clock.ts';

const KNOWN = { ...NEW_CONVERSATION, accounted: 7, noted: ['a'], quickTurns: 4, mutes: 2, later: 'kept' };

let clock: ManualClock;
let store: ReturnType<typeof createMemoryStore>;
beforeEach(() => {
  clock = manualClock();
  store = createMemoryStore({ clock });
});

async function place(value: object): Promise<void> {
  await store.put(conversationKey('CH1'), { version: 3, expiresAt: 4e9, value }, undefined);
}

const stored = async () => (await store.get<ConversationRecord>(conversationKey('CH1')))?.value;

describe('by hand', () => {
  it('a conversation is muted, and nothing else is changed of it', async () => {
    await place(KNOWN);
    const until = clock.now() + 60_000;
    expect(await muteConversation({ store, clock }, 'CH1', until)).toEqual({ ...KNOWN, mutedUntil: until });
    expect(await store.get(conversationKey('CH1'))).toMatchObject({
      version: 4,
      expiresAt: Math.floor(clock.now() / 1000) + LIFETIMES.conversation * 86_400,
    });
  });

  it('a mute is made shorter, too, and never longer than its item lives', async () => {
    await place({ ...KNOWN, mutedUntil: clock.now() + 9_000 });
    await muteConversation({ store, clock }, 'CH1', clock.now() + 1_000);
    expect(await stored()).toMatchObject({ mutedUntil: clock.now() + 1_000 });
    await muteConversation({ store, clock }, 'CH1', Number.POSITIVE_INFINITY);
    expect(await stored()).toMatchObject({ mutedUntil: clock.now() + MAX_MUTE_MS });
  });

  it('a conversation is muted of which nothing is known', async () => {
    await muteConversation({ store, clock }, 'CH1', clock.now() + 1_000);
    expect(await stored()).toEqual({ ...NEW_CONVERSATION, mutedUntil: clock.now() + 1_000 });
  });

  it('a loop’s mute ends as well', async () => {
    await place({ ...KNOWN, mutedUntil: clock.now() + 9_000 });
    expect(await unmuteConversation({ store, clock }, 'CH1')).toMatchObject({
      mutedUntil: 0,
      quickTurns: 0,
      later: 'kept',
    });
  });

  it('a conversation is given back', async () => {
    const handover = { at: clock.now() - 5_000, until: clock.now() + 5_000, back: [] };
    await place({ ...KNOWN, handover });
    expect(await handBack({ store, clock }, 'CH1')).toEqual({ ...KNOWN, handover, givenBackAt: clock.now() });
  });

  it('nothing is made of a conversation that nobody has heard of', async () => {
    expect(await unmuteConversation({ store, clock }, 'CH1')).toBeUndefined();
    expect(await handBack({ store, clock }, 'CH1')).toBeUndefined();
    expect(store.items()).toEqual([]);
  });

  it('nothing is changed of what a newer version wrote', async () => {
    await place({ ...KNOWN, v: 2 });
    const ports = { store, clock };
    for (const change of [
      () => muteConversation(ports, 'CH1', clock.now() + 1_000),
      () => unmuteConversation(ports, 'CH1'),
      () => handBack(ports, 'CH1'),
    ])
      await expect(change()).rejects.toThrow(
        'written in form 2, and this version of parley knows forms up to 1',
      );
    expect(await stored()).toEqual({ ...KNOWN, v: 2 });
  });
});
