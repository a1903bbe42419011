import { describe, expect, it } from 'vitest';
import type { ListMessages } from '../../lib/history/find-reply.ts';
import type { Store } from '../../lib/ports.ts';
import { markActive } from '../../lib/record/active.ts';
import { LOOKS_KEY, LOSS, SINCE_KEY, spoolKey } from '../../lib/record/keys.ts';
import { markLoss } from '../../lib/record/loss.ts';
import { barePorts, DONE, FIRST, failed, MINUTE, NO_PAGE, SECOND, START } from './bare-ports.ts';

const NOTHING = { found: 0, finished: false };
const ALL = { found: 0, finished: true };

/** Conversations that were active a minute ago. */
async function withActive(...conversationSids: string[]) {
  const bare = barePorts();
  for (const conversationSid of conversationSids) {
    await markActive(bare.ports, { serviceSid: FIRST, conversationSid }, START - MINUTE);
  }
  return bare;
}

/** Of these conversations no messages can be listed. */
const unreadable = (...sids: string[]): ListMessages =>
  async function* ({ conversationSid }) {
    if (sids.includes(conversationSid)) throw failed();
    yield* [];
  };

/** A table whose answer to writing what runs hand on is false from the second time on, as another run has taken over. */
function takenOver(store: Store): Store {
  let puts = 0;
  return {
    ...store,
    put: async (key, item, expected) => {
      puts += Number(key.sk === LOOKS_KEY.sk);
      return key.sk === LOOKS_KEY.sk && puts > 1 ? false : store.put(key, item, expected);
    },
  };
}

describe('a run is finished, and alive', () => {
  it('when it looked at all that was due', async () => {
    const { run, lines, reasons } = await withActive('CH1', 'CH2');
    expect(await run()).toStrictEqual(ALL);
    expect(reasons('reconcile_alive')).toHaveLength(1);
    expect(lines).toContainEqual(expect.objectContaining({ reconcile_looked: 2 }));
    expect(reasons('reconcile_failed')).toEqual([]);
  });

  it('when nothing was due', async () => {
    const { run, reasons } = barePorts();
    expect(await run()).toStrictEqual(ALL);
    expect(reasons('reconcile_alive')).toHaveLength(1);
  });
});

describe('a run is alive, but not finished,', () => {
  it('when one of the looks failed', async () => {
    const { run, reasons } = await withActive('CH1', 'CH2');
    expect(await run({ list: unreadable('CH1') })).toStrictEqual(NOTHING);
    expect(reasons('reconcile_alive')).toHaveLength(1);
    expect(reasons('reconcile_failed')).toEqual(['server_failure']);
  });

  it('when its time was over before all had their turn', async () => {
    const { run, reasons, state } = await withActive('CH1');
    expect(await run({ remainingMs: () => 9_999 })).toStrictEqual(NOTHING);
    expect(reasons('reconcile_alive')).toHaveLength(1);
    expect(reasons('reconcile_unfinished')).toHaveLength(1);
    expect((await state())?.round).toEqual({ at: START, since: START - 5 * MINUTE });
  });
});

describe('a run is neither', () => {
  it('when every look failed', async () => {
    const { run, reasons } = await withActive('CH1', 'CH2');
    expect(await run({ list: unreadable('CH1', 'CH2') })).toStrictEqual(NOTHING);
    expect(reasons('reconcile_alive')).toEqual([]);
  });

  it.each([
    ['first', FIRST],
    ['last', SECOND],
  ])('when the %s of its services could not be listed', async (_, broken) => {
    const { run, reasons } = barePorts({ serviceSids: [FIRST, SECOND] });
    const listConversations = async (serviceSid: string) => {
      if (serviceSid === broken) throw failed();
      return NO_PAGE;
    };
    expect(await run({ listConversations })).toStrictEqual(NOTHING);
    expect(reasons('reconcile_alive')).toEqual([]);
    expect(reasons('reconcile_failed')).toEqual(['server_failure']);
  });

  it('when another has taken over, and the signs that it read stay for that one', async () => {
    const { ports, time, run, reasons, memory } = barePorts();
    await markLoss(ports, 'queue');
    time.now += 2 * MINUTE;
    expect(await run({ store: takenOver(memory) })).toStrictEqual(NOTHING);
    expect(reasons('reconcile_alive')).toEqual([]);
    expect(await memory.list(LOSS, 9)).toHaveLength(1);
    expect(await run({ asked: 'now' })).toStrictEqual(ALL);
    expect(await memory.list(LOSS, 9)).toEqual([]);
  });

  it('when nothing is due yet, and it writes and counts nothing', async () => {
    const { run, leave, lines, memory } = barePorts();
    await leave(DONE);
    const before = memory.items();
    expect(await run()).toStrictEqual(NOTHING);
    expect(lines).toEqual([]);
    expect(memory.items()).toEqual(before);
  });

  it('when it broke, and it gives its turn back as it took it', async () => {
    const { run, state, reasons, memory } = barePorts();
    const list: Store['list'] = (pk, limit) =>
      pk === LOSS ? Promise.reject(failed()) : memory.list(pk, limit);
    expect(await run({ store: { ...memory, list } })).toStrictEqual(NOTHING);
    expect(await state()).toMatchObject({ heldUntil: 0, lookedAt: START - 5 * MINUTE });
    expect(reasons('reconcile_failed')).toEqual(['server_failure']);
    expect(reasons('reconcile_alive')).toEqual([]);
  });
});

describe('a run that is due', () => {
  it('writes that it is at it, and what it hands on, and nothing else where nothing is new', async () => {
    const { run, time, memory } = barePorts();
    await run();
    time.now += 5 * MINUTE;
    const written: string[] = [];
    const put: Store['put'] = (key, item, expected) => {
      written.push(key.sk);
      return memory.put(key, item, expected);
    };
    await run({ store: { ...memory, put } });
    expect(written).toEqual([LOOKS_KEY.sk, LOOKS_KEY.sk]);
    expect(await memory.get(SINCE_KEY)).toMatchObject({ version: 1 });
  });

  it('keeps its round when the marks of activity cannot be read, and the next run goes on with it', async () => {
    const { run, state, time, reasons, memory } = barePorts();
    const list: Store['list'] = (pk, limit) =>
      pk.startsWith('active|') ? Promise.reject(failed()) : memory.list(pk, limit);
    expect(await run({ store: { ...memory, list } })).toStrictEqual(NOTHING);
    expect(await state()).toMatchObject({
      lookedAt: START - 5 * MINUTE,
      round: { at: START, since: START - 5 * MINUTE },
      services: { [FIRST]: { wiring: { target: 'ours' } } },
    });
    expect(reasons('reconcile_unfinished')).toHaveLength(1);
    time.now += MINUTE;
    expect(await run()).toStrictEqual(NOTHING);
    expect(await state()).toMatchObject({ lookedAt: START, services: { [FIRST]: {} } });
    expect(await state()).not.toHaveProperty('round');
    expect(reasons('reconcile_unfinished')).toHaveLength(1);
  });
});

describe('each run', () => {
  const spooled = { groupId: 'CH1', deduplicationId: 'onMessageAdded|IM1', body: '{}' };
  const signs = async (bare: ReturnType<typeof barePorts>) =>
    (await bare.memory.list(LOSS, 9)).map(([{ sk }]) => sk);

  it('brings what is spooled back to the queue, and leaves a sign that the queue refused it', async () => {
    const bare = barePorts();
    await bare.leave(DONE);
    const item = { version: 1, expiresAt: START, value: spooled };
    await bare.memory.put(spoolKey(spooled, START), item, undefined);
    const sent: unknown[] = [];
    const queue = { send: async (message: unknown) => void sent.push(message) };
    await bare.run({ queue, remainingMs: () => 9_999 });
    expect([sent, await signs(bare)]).toEqual([[], []]);
    await bare.run({ queue });
    expect([sent, await signs(bare)]).toEqual([[spooled], ['2026-11-20T12:07|spool']]);
  });

  it('leaves a sign where an alarm rings, whatever is due', async () => {
    const bare = barePorts();
    await bare.leave(DONE);
    await bare.run({ asked: 'alarm' });
    expect(await signs(bare)).toEqual(['2026-11-20T12:07|alarm']);
  });
});
