import { describe, expect, it } from 'vitest';
import type { Versioned } from '../../lib/ports.ts';
import {
  activePartition,
  conversationKey,
  duplicateKey,
  foundKey,
  LIFETIMES,
  LOOKS_KEY,
  lossKey,
  MODE_KEY,
  OLD_SPOOL,
  recordKey,
  SINCE_KEY,
  SPOOLS,
  saveNext,
  serviceKey,
  spoolKey,
  TABLE_KEY,
  triesKey,
} from '../../lib/record/keys.ts';

const AT = Date.parse('2026-11-20T23:10:00.250Z');

describe('the rows of the table', () => {
  // The version before looks in the same places.
  it('are named as they always were', () => {
    expect([recordKey('CH1', 'onMessageAdded|IM1'), conversationKey('CH1'), serviceKey('CH1')]).toEqual([
      { pk: 'CH1', sk: 'onMessageAdded|IM1' },
      { pk: 'CH1', sk: 'conversation' },
      { pk: 'CH1', sk: 'service' },
    ]);
    expect(triesKey(recordKey('CH1', 'onMessageAdded|IM1'))).toEqual({
      pk: 'CH1',
      sk: 'tries|onMessageAdded|IM1',
    });
    expect(activePartition('IS1', '2026-11-20T23:15', 'a')).toBe('active|IS1|2026-11-20T23:15|a');
    expect(activePartition('IS1', '2026-11-20T23')).toBe('active|IS1|2026-11-20T23');
    const found = { pk: 'CH1', sk: 'found|onMessageAdded|IM1' };
    expect(foundKey('CH1', 'onMessageAdded|IM1')).toEqual(found);
    expect(duplicateKey('CH1', 'IM2')).toEqual({ pk: 'CH1', sk: 'duplicate|IM2' });
    const loss = { pk: 'loss', sk: '2026-11-20T23:15|queue' };
    expect(lossKey(Date.parse('2026-11-20T23:15:59Z'), 'queue')).toEqual(loss);
    expect(OLD_SPOOL).toBe('spool');
    expect(SPOOLS).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((shard) => `spool|${shard}`));
    expect(spoolKey({ groupId: 'CH1', deduplicationId: 'onMessageAdded|IM1' }, AT)).toEqual({
      pk: 'spool|1',
      sk: '2026-11-20T23:10:00.250Z|CH1|onMessageAdded|IM1',
    });
    expect([SINCE_KEY, TABLE_KEY, LOOKS_KEY, MODE_KEY]).toEqual([
      { pk: 'parley', sk: 'since' },
      { pk: 'parley', sk: 'table' },
      { pk: 'parley', sk: 'looks' },
      { pk: 'parley', sk: 'mode' },
    ]);
  });

  it('of the spool keep a conversation together, in the order in which its events came', () => {
    const key = (n: number) => spoolKey({ groupId: 'CH1', deduplicationId: `IM${9 - n}` }, AT + n);
    const keys = [0, 1, 2, 3].map(key);
    expect(new Set(keys.map(({ pk }) => pk)).size).toBe(1);
    expect(keys.map(({ sk }) => sk)).toEqual(keys.map(({ sk }) => sk).toSorted());
  });

  it('of the spool spread over all its partitions, and are in no other', () => {
    const sids = Array.from({ length: 500 }, (_, n) => `CH${String(n).padStart(32, '0')}`);
    const used = sids.map((groupId) => spoolKey({ groupId, deduplicationId: 'IM1' }, AT).pk);
    expect([...new Set(used)].toSorted()).toEqual(SPOOLS);
  });

  it('live for days, by their kind', () => {
    expect(LIFETIMES).toEqual({
      record: 30,
      conversation: 30,
      service: 30,
      active: 2,
      found: 0.5,
      loss: 2,
      spool: 14,
      since: 3650,
      cursor: 7,
      mode: 3_650,
    });
  });
});

describe('saving', () => {
  const item = { key: SINCE_KEY, value: { since: 1 }, lifetime: 'cursor' } as const;
  const saving = (wins: boolean) => {
    const puts: (readonly [item: Versioned<unknown>, expected: number | undefined])[] = [];
    const put = async (_: unknown, next: Versioned<unknown>, expected: number | undefined) => {
      puts.push([next, expected]);
      return wins;
    };
    return { puts, ports: { store: { put }, clock: { now: () => 86_400_999 } } };
  };

  it('writes the version after the one that was read, to live from now in whole seconds', async () => {
    const { ports, puts } = saving(true);
    expect([await saveNext(ports, item, undefined), await saveNext(ports, item, 4)]).toEqual([1, 5]);
    const lives = { expiresAt: 8 * 86_400, value: { since: 1 } };
    expect(puts).toEqual([
      [{ version: 1, ...lives }, undefined],
      [{ version: 5, ...lives }, 4],
    ]);
  });

  it('lets a life begin at another time', async () => {
    const { ports, puts } = saving(true);
    await saveNext(ports, item, undefined, 5_000);
    expect(puts[0]?.[0].expiresAt).toBe(5 + 7 * 86_400);
  });

  it('has no version to name when somebody else wrote first', async () => {
    expect(await saveNext(saving(false).ports, item, 4)).toBeUndefined();
  });
});
