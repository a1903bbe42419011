import { beforeEach, describe, expect, it } from 'vitest';
import { MODE_KEY } from '../../lib/record/keys.ts';
import type { ModeItem } from '../../lib/record/mode.ts';
import { createModeSwitch, type ModeSwitch } from '../../lib/reply/mode-switch.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { silentLog } from '../support/silent-log.ts';

let now: number;
let log: ReturnType<typeof silentLog>;
let store: ReturnType<typeof createMemoryStore>;
let modes: ModeSwitch;

beforeEach(() => {
  now = Date.UTC(2026, 0, 1);
  const clock = { now: () => now };
  log = silentLog();
  store = createMemoryStore({ clock });
  modes = createModeSwitch({ store, clock, log, mode: 'live' });
});

const put = (value: unknown) => store.put(MODE_KEY, { version: 1, expiresAt: 4e9, value }, undefined);

describe('a mode switch', () => {
  it('complains of nothing where nobody has pressed it, nor of what it can read', async () => {
    expect(await modes.latest()).toBe('live');
    await put({ mode: 'dry-run', reason: 'a test', by: 'ana', at: now } satisfies ModeItem);
    now += 5_000;
    expect(await modes.latest()).toBe('dry-run');
    expect(log.lines).toEqual([]);
  });

  it('logs an error where what was pressed cannot be read', async () => {
    await put({ mode: 'of' });
    expect(await modes.latest()).toBe('off');
    expect(log.lines).toMatchObject([{ level: 'error' }]);
  });

  it('lets an answer begin for ten seconds after it was read, and no longer', async () => {
    expect(modes.isOutdated()).toBe(true);
    await modes.latest();
    now += 10_000;
    expect(modes.isOutdated()).toBe(false);
    now += 1;
    expect(modes.isOutdated()).toBe(true);
  });

  it('counts the ten seconds from when it was asked for, since the answer may be as old as that', async () => {
    const get: typeof store.get = async (key) => {
      const item = await store.get(key);
      now += 4_000;
      return item as never;
    };
    modes = createModeSwitch({ store: { get }, clock: { now: () => now }, log, mode: 'live' });
    await modes.latest();
    now += 6_001;
    expect(modes.isOutdated()).toBe(true);
  });
});
