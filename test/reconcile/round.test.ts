import { describe, expect, it } from 'vitest';
import type { LookState, Place } from '../../lib/reconcile/look-state.ts';
import type { Looks } from '../../lib/reconcile/looks.ts';
import { lookRound } from '../../lib/reconcile/round.ts';
import { markActive } from '../../lib/record/active.ts';
import { quietPorts } from './quiet-ports.ts';

const MINUTE = 60_000;

/** A round over conversations that were active, `CH1` a minute ago, `CH2` two, and so on, with time for so many looks. */
async function scene(count: number, time = count) {
  const { ports, clock, log } = quietPorts();
  const now = clock.now();
  const activeAt = (n: number) => now - n * MINUTE;
  for (let n = 1; n <= count; n += 1) {
    await markActive(ports, { serviceSid: 'IS1', conversationSid: `CH${n}` }, activeAt(n));
  }
  const looked: string[] = [];
  let begins = 0;
  const shares = new Set<number>();
  const looks: Pick<Looks, 'goesOn' | 'look'> = {
    goesOn: (share) => {
      shares.add(share);
      begins += 1;
      return begins <= time;
    },
    look: async ({ conversationSid }) => {
      looked.push(conversationSid);
      return true;
    },
  };
  const begun = { at: now, since: now - 5 * MINUTE };
  return {
    looked,
    shares,
    begun,
    clock,
    place: (n: number): Place => ({ activeAt: activeAt(n), conversationSid: `CH${n}` }),
    measured: (measure: string) => log.lines.find((line) => measure in line)?.[measure],
    run: (upTo?: Place, over: Partial<LookState> = {}) => {
      const state: LookState = {
        heldUntil: 0,
        deployment: '',
        deployedAt: 0,
        lookedAt: 0,
        signs: [],
        services: {},
        ...over,
      };
      const round = upTo === undefined ? begun : { ...begun, upTo };
      return lookRound(ports, ['IS1'], round, { looks: looks as Looks, state });
    },
  };
}

describe('a round', () => {
  it('is finished where all that is due was looked at, the latest first', async () => {
    const { run, looked } = await scene(3);
    expect(await run()).toEqual({});
    expect(looked).toEqual(['CH1', 'CH2', 'CH3']);
  });

  it('is finished where nothing is due', async () => {
    const { run } = await scene(0);
    expect(await run()).toEqual({});
  });

  it('that stopped stays the same one, with the last conversation that was looked at', async () => {
    const { run, begun, place } = await scene(5, 2);
    expect(await run()).toEqual({ round: { ...begun, upTo: place(2) } });
  });

  it('that had no time at all stays where it was', async () => {
    const { run, begun, place } = await scene(5, 0);
    expect(await run()).toEqual({ round: begun });
    expect(await run(place(2))).toEqual({ round: { ...begun, upTo: place(2) } });
  });

  it('goes on behind the conversation up to which it got', async () => {
    const { run, looked, place } = await scene(4);
    expect(await run(place(2))).toEqual({});
    expect(looked).toEqual(['CH3', 'CH4']);
  });

  it('looks at none that only shares its quarter of an hour with what is due, and does not count it', async () => {
    const { run, looked, measured } = await scene(200);
    expect(await run()).toEqual({});
    // Active within the hour, or two hours ago; a round is five minutes late.
    const due = (n: number) => n <= 64 || (n >= 120 && n <= 124);
    const all = Array.from({ length: 200 }, (_, index) => index + 1);
    expect(looked).toEqual(all.filter(due).map((n) => `CH${n}`));
    expect(measured('reconcile_due')).toBe(69);
  });

  it('measures how many are left in it, and for how many seconds the last of them waited', async () => {
    const { run, place, clock, measured } = await scene(4);
    clock.advance(1_600);
    await run(place(1));
    expect([measured('reconcile_due'), measured('reconcile_oldest_s')]).toEqual([3, 302]);
  });
});

describe('of the time, a round', () => {
  it('may use all where there is nothing else to look at', async () => {
    const { run, shares } = await scene(1);
    await run();
    expect([...shares]).toEqual([1]);
  });

  it.each<[what: string, state: Partial<LookState>]>([
    ['a wide look is not finished', { wide: { serviceSid: 'IS1' } }],
    ['there are signs of loss, for which one begins', { signs: ['queue'] }],
  ])('leaves a fifth where %s', async (_, state) => {
    const { run, shares } = await scene(1);
    await run(undefined, state);
    expect([...shares]).toEqual([0.8]);
  });
});
