import { describe, expect, it } from 'vitest';
import {
  countDeath,
  countFailure,
  countPatience,
  giveUp,
  hasDiedCalling,
  isDeadly,
  MARKED_FROM,
  markCall,
  markTry,
  NO_TRIES,
  unmarkTry,
} from '../../lib/record/tries.ts';

describe('the tries of an event', () => {
  it('begin with nothing known', () => {
    expect(NO_TRIES).toStrictEqual({ v: 1, failures: 0, deaths: 0 });
  });

  it('are marked while a process works on it, and not longer', () => {
    expect(markTry(NO_TRIES)).toStrictEqual({ ...NO_TRIES, working: true });
    expect(unmarkTry(markTry(NO_TRIES))).toStrictEqual(NO_TRIES);
  });

  it('count a failure, which takes the mark off', () => {
    const once = countFailure(markTry(NO_TRIES), false);
    expect(once).toStrictEqual({ ...NO_TRIES, failures: 1 });
    expect(countFailure(once, false).failures).toBe(2);
  });

  it('count what was waited for with patience apart from failures', () => {
    const waited = countPatience(countPatience(markTry(NO_TRIES)));
    expect(waited).toStrictEqual({ ...NO_TRIES, patience: 2 });
  });

  it('forget a death when a delivery ended otherwise: it may have been a deployment’s', () => {
    expect(countFailure(countDeath(markTry(NO_TRIES)), false)).toStrictEqual({ ...NO_TRIES, failures: 1 });
  });

  it('count anew once a part was sent', () => {
    expect(countFailure({ ...NO_TRIES, failures: 4 }, true).failures).toBe(1);
  });

  it('are deadly with the third mark that is found, which is the fifth delivery’s', () => {
    const twice = countDeath(countDeath(markTry(NO_TRIES)));
    expect([NO_TRIES, twice, countDeath(twice)].map(isDeadly)).toEqual([false, false, true]);
    expect(MARKED_FROM).toBe(3);
  });

  it('remember which handlers a process died under, and no other death', () => {
    const calling = markCall(NO_TRIES, 'price');
    expect(calling).toStrictEqual({ ...NO_TRIES, working: true, calling: 'price' });
    expect(unmarkTry(calling)).toStrictEqual(NO_TRIES);
    const died = countDeath(calling);
    const known = { diedCalling: true, deadly: ['price'] } as const;
    expect(died).toStrictEqual({ ...NO_TRIES, working: true, deaths: 1, ...known });
    expect(countFailure(died, false)).toStrictEqual({ ...NO_TRIES, failures: 1, ...known });
    expect(countDeath(markCall(died, 'stock')).deadly).toEqual(['price', 'stock']);
    expect(['price', 'stock'].map((handler) => hasDiedCalling(died, handler))).toEqual([true, false]);
    expect(countDeath(markTry(NO_TRIES))).toStrictEqual({ ...NO_TRIES, working: true, deaths: 1 });
    expect(hasDiedCalling(NO_TRIES, 'price')).toBe(false);
  });

  it('of the version before, which names no handler, hold for all of them', () => {
    const died = countDeath({ ...markTry(NO_TRIES), calling: true });
    expect(died).toStrictEqual({ ...NO_TRIES, working: true, deaths: 1, diedCalling: true });
    expect(hasDiedCalling(died, 'price')).toBe(true);
  });

  it('keep why it was given up', () => {
    expect(giveUp({ ...NO_TRIES, failures: 5 }, 'rejected:50514')).toStrictEqual({
      v: 1,
      failures: 5,
      deaths: 0,
      givenUp: 'rejected:50514',
    });
  });
});
