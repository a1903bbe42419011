import { describe, expect, it } from 'vitest';
import type { Store } from '../../lib/ports.ts';
import { compare, dueConversations, isStillDue } from '../../lib/reconcile/due-conversations.ts';
import { activePartition, conversationKey } from '../../lib/record/keys.ts';
import { quietPorts } from './quiet-ports.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A table in which conversations are marked as active, read by a round at the clock's time. */
function scene() {
  const { ports, clock, store, counted } = quietPorts();
  const [now, read, listed]: [number, string[], string[]] = [clock.now(), [], []];
  const watched: { -readonly [name in keyof Store]: Store[name] } = {
    ...store,
    get: (key) => {
      read.push(key.pk);
      return store.get(key);
    },
    list: (pk, limit) => {
      listed.push(pk);
      return store.list(pk, limit);
    },
  };
  const round = { at: now, since: now - 5 * MINUTE };
  const item = <T>(value: T) => ({ version: 1, expiresAt: now / 1_000 + 26 * 3_600, value });
  const isoOf = (at: number) => new Date(at).toISOString();
  return {
    now,
    store,
    counted,
    /** Of these conversations the own item was read. */
    read,
    /** The partitions that were listed. */
    listed,
    watched,
    mark: (conversationSid: string, at: number, serviceSid = 'IS1') => {
      const quarter = isoOf(Math.floor(at / (15 * MINUTE)) * 15 * MINUTE).slice(0, 16);
      const pk = activePartition(serviceSid, quarter, conversationSid.slice(-1));
      return store.put({ pk, sk: conversationSid }, item({ at }), undefined);
    },
    /** As the version before marked: by the hour alone. */
    markHour: (conversationSid: string, at: number) => {
      const pk = activePartition('IS1', isoOf(at).slice(0, 13));
      return store.put({ pk, sk: conversationSid }, item({}), undefined);
    },
    /** When it was last active by its own item. */
    note: (conversationSid: string, activeAt?: number) =>
      store.put(conversationKey(conversationSid), item({ v: 1, activeAt }), undefined),
    isDue: (conversationSid: string, activeAt: number) =>
      isStillDue({ ...ports, store: watched }, { serviceSid: 'IS1', conversationSid, activeAt }, round),
    due: (deployedAt = 0, serviceSids: readonly string[] = ['IS1']) =>
      dueConversations({ ...ports, store: watched }, serviceSids, round, deployedAt),
  };
}

describe('the conversations that are due', () => {
  it('are none where nothing is marked, and nothing is read of any', async () => {
    const { due, read } = scene();
    expect(await due()).toEqual([]);
    expect(read).toEqual([]);
  });

  it('come with their service, the latest activity first', async () => {
    const { now, mark, due } = scene();
    await mark('CH1', now - 30 * MINUTE);
    await mark('CH2', now - 10 * MINUTE, 'IS2');
    await mark('CH3', now - 20 * MINUTE);
    expect(await due(0, ['IS1', 'IS2'])).toEqual([
      { serviceSid: 'IS2', conversationSid: 'CH2', activeAt: now - 10 * MINUTE },
      { serviceSid: 'IS1', conversationSid: 'CH3', activeAt: now - 20 * MINUTE },
      { serviceSid: 'IS1', conversationSid: 'CH1', activeAt: now - 30 * MINUTE },
    ]);
  });

  it('come once, with their latest activity, however often they were marked', async () => {
    const { now, mark, due } = scene();
    for (const minutes of [50, 5, 35]) await mark('CH1', now - minutes * MINUTE);
    expect(await due()).toMatchObject([{ conversationSid: 'CH1', activeAt: now - 5 * MINUTE }]);
  });

  it('are not all told of where a partition holds more than are read, which is counted', async () => {
    const { now, due, watched, counted } = scene();
    const marked = [
      { pk: 'active', sk: 'CH1' },
      { version: 1, expiresAt: now, value: { at: now } },
    ];
    const full = Array.from({ length: 10_000 }, () => marked);
    let lists = 0;
    watched.list = async () => {
      lists += 1;
      return (lists === 1 ? full : []) as never;
    };
    expect(await due()).toHaveLength(1);
    expect(counted('active_cut')).toHaveLength(1);
  });
});

describe('whether a conversation is still due', () => {
  it('says its mark where that is of the last hour, whatever came later', async () => {
    const { now, note, isDue, read } = scene();
    await note('CH1', now - 40 * MINUTE);
    expect(await isDue('CH1', now - 50 * MINUTE)).toBe(true);
    expect(read).toEqual([]);
  });

  it('says its own item where its mark is older', async () => {
    const { now, note, isDue, read } = scene();
    // The mark came due two hours ago, or would be due by itself; what came later in its quarter decides.
    await note('CH1', now - 55 * MINUTE);
    await note('CH2', now - 2 * HOUR + MINUTE);
    expect(await isDue('CH1', now - 62 * MINUTE)).toBe(true);
    expect(await isDue('CH2', now - 2 * HOUR - 2 * MINUTE)).toBe(false);
    expect(read).toEqual(['CH1', 'CH2']);
  });

  it('says its mark where its own item holds nothing', async () => {
    const { now, store, isDue } = scene();
    await store.put(conversationKey('CH1'), { version: 1, expiresAt: now, value: null }, undefined);
    expect(await isDue('CH1', now - 2 * HOUR - 2 * MINUTE)).toBe(true);
  });

  it('says its mark where its own item says nothing later', async () => {
    const { now, note, isDue } = scene();
    const at = now - 2 * HOUR - 2 * MINUTE;
    await note('CH2');
    await note('CH3', at - HOUR);
    for (const conversationSid of ['CH1', 'CH2', 'CH3']) expect(await isDue(conversationSid, at)).toBe(true);
  });
});

describe('what the version before marked', () => {
  it('is read for 25 hours after a deployment, and then no more', async () => {
    for (const [deployedAgo, isRead] of [
      [0, true],
      [25 * HOUR, true],
      [25 * HOUR + 1, false],
    ] as const) {
      const { now, markHour, due, listed } = scene();
      await markHour('CH1', now - 20 * MINUTE);
      const found = await due(now - deployedAgo);
      expect(found.map(({ conversationSid }) => conversationSid)).toEqual(isRead ? ['CH1'] : []);
      expect(listed.some((pk) => pk.endsWith('T11'))).toBe(isRead);
    }
  });

  it('is read of every service, whatever was marked since', async () => {
    const { now, mark, markHour, due } = scene();
    await mark('CH1', now - 10 * MINUTE, 'IS2');
    await markHour('CH2', now - 20 * MINUTE);
    const found = await due(now, ['IS2', 'IS1']);
    expect(found.map(({ serviceSid, conversationSid }) => [serviceSid, conversationSid])).toEqual([
      ['IS1', 'CH2'],
      ['IS2', 'CH1'],
    ]);
  });
});

describe('the order in which a round looks at them', () => {
  const [a, b] = [
    { activeAt: 2, conversationSid: 'CHa' },
    { activeAt: 2, conversationSid: 'CHb' },
  ];

  it('is that of their latest activity, whatever their SIDs', () => {
    const older = { activeAt: 1, conversationSid: 'CH0' };
    expect([older, a].sort(compare)).toEqual([a, older]);
    expect(compare(a, older)).toBeLessThan(0);
    expect(compare(older, a)).toBeGreaterThan(0);
  });

  it('is that of their SIDs where they were active at the same moment', () => {
    expect(compare(a, b)).toBeLessThan(0);
    expect(compare(b, a)).toBeGreaterThan(0);
    expect(compare(a, { ...a })).toBe(0);
  });
});
