import { describe, expect, it } from 'vitest';
import type { Mode } from '../../lib/guards/guard.ts';
import { LIFETIMES, MODE_KEY } from '../../lib/record/keys.ts';
import { type ModeItem, modeAt, saveMode, stricterMode } from '../../lib/record/mode.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { manualClock } from '../contract/manual-clock.ts';

const BY = { reason: 'too many refunds', by: 'ana' };

describe('the mode in the table', () => {
  it('is what was pressed last, by whom, why, and when', async () => {
    const clock = manualClock();
    const ports = { store: createMemoryStore({ clock }), clock };
    await saveMode(ports, { mode: 'off', ...BY });
    clock.advance(1_000);
    const item = { mode: 'live' as const, ...BY, at: clock.now() };
    expect(await saveMode(ports, { mode: 'live', ...BY })).toEqual(item);
    expect(await ports.store.get(MODE_KEY)).toMatchObject({
      value: item,
      expiresAt: Math.floor(clock.now() / 1000) + LIFETIMES.mode * 86_400,
    });
  });

  it('says since when it has not been live, however often it was pressed', async () => {
    const clock = manualClock();
    const ports = { store: createMemoryStore({ clock }), clock };
    const press = async (mode: Mode, until?: number) => {
      clock.advance(1_000);
      const { since } = await saveMode(ports, { mode, ...BY, ...(until !== undefined && { until }) });
      return since;
    };
    expect(await press('dry-run')).toBeUndefined();
    const began = clock.now();
    expect([await press('off'), await press('off', clock.now() + 1_500)]).toEqual([began, began]);
    // The one before has ended by itself meanwhile.
    clock.advance(1_000);
    expect(await press('off')).toBeUndefined();
    expect([await press('live'), await press('off')]).toEqual([undefined, undefined]);
  });

  it('is pressed although somebody else presses at the same moment', async () => {
    const clock = manualClock();
    const store = createMemoryStore({ clock });
    let others = 1;
    const busy: Pick<typeof store, 'get' | 'put'> = {
      get: store.get,
      put: async (...put) => {
        others -= 1;
        if (others === 0) await saveMode({ store, clock }, { mode: 'dry-run', ...BY });
        return store.put(...put);
      },
    };
    await saveMode({ store: busy, clock }, { mode: 'off', ...BY });
    expect((await store.get<ModeItem>(MODE_KEY))?.value.mode).toBe('off');
    let tried = 0;
    const never = {
      get: store.get,
      put: async () => {
        tried += 1;
        return false;
      },
    };
    await expect(saveMode({ store: never, clock }, { mode: 'off', ...BY })).rejects.toMatchObject({
      code: 'item_busy',
      retryable: true,
      message: expect.stringContaining('The item parley mode was written by others 10 times'),
    });
    expect(tried).toBe(10);
  });

  it('holds until its time is over', () => {
    const item: ModeItem = { mode: 'off', until: 2_000, ...BY, at: 0 };
    expect([modeAt(undefined, 0), modeAt(item, 1_999), modeAt(item, 2_000)]).toEqual(['live', 'off', 'live']);
  });

  it.each([null, 'off', {}, { mode: 'of' }, { mode: 'live', until: 'noon' }, { mode: 'live', until: null }])(
    'counts as off where it cannot be read: %j',
    (value) => {
      expect(modeAt(value, 0)).toBe('off');
    },
  );

  it('and BOT_MODE give way to the stricter of them', () => {
    const modes: readonly Mode[] = ['live', 'dry-run', 'off'];
    const table = modes.map((one) => modes.map((other) => stricterMode(one, other)));
    expect(table).toEqual([modes, ['dry-run', 'dry-run', 'off'], ['off', 'off', 'off']]);
  });
});
