import { beforeAll, describe, expect, it } from 'vitest';
import { drawSeed } from '../support/runs.ts';
import type { SmallCase } from './enumerate.ts';
import { enumerateSome, type Sample, SMALL_CASES } from './run-enumeration.ts';

/** Which of the first faults each case begins with: every run of the tests tries others. */
const FROM = drawSeed();
/**
 * `npm run sim -- --enumerate` tries all faults; here every so many. No site has a multiple of 23 faults, so that each
 * kind of fault has its turn.
 */
const EVERY = 23;
const LEAST = 250 / EVERY;
/** Of two faults the reconciler's calls get theirs once by name. */
const LEAST_FIRST = 125 / EVERY;
/** And all pairs with each of them; here every so many. */
const STRIDE = 12;
const SINGLE = sampled(
  ({ faults, messages, parts, deaths = 0 }) => faults === 1 && messages === 2 && parts === 2 && deaths === 0,
);
const PAIRS = sampled(
  ({ faults, messages, parts, steps, handler }) =>
    faults === 2 && messages === 1 && parts === 2 && !steps && !handler,
);
const AFTER_DEATHS = sampled(
  ({ messages, parts, deaths = 0 }) => messages === 1 && parts === 1 && deaths > 0,
);
const WITH_STEPS = sampled(({ faults, steps, deaths = 0 }) => steps === true && faults === 1 && deaths === 0);
/** No site has a multiple of these either. */
const CALLS_EVERY = 31;
const WITH_CALLS = sampled(({ faults, handler }) => handler === true && faults === 1, CALLS_EVERY);

function sampled(chosen: (small: SmallCase) => boolean, every = EVERY): readonly Sample[] {
  return SMALL_CASES.filter(chosen).map((small) => ({ ...small, every, stride: STRIDE }));
}

describe(`every fault at every call, from ${FROM} on`, () => {
  const results: Awaited<ReturnType<typeof enumerateSome>>[] = [];
  beforeAll(async () => {
    for (const small of [...SINGLE, ...PAIRS, ...AFTER_DEATHS, ...WITH_STEPS, ...WITH_CALLS])
      results.push(await enumerateSome(small, FROM));
  }, 1_200_000);
  const resultOf = ({ messages, parts, faults, deaths, steps, handler }: SmallCase) =>
    results.find(
      (one) =>
        one.messages === messages &&
        one.parts === parts &&
        one.faults === faults &&
        one.deaths === deaths &&
        one.steps === steps &&
        one.handler === handler,
    );

  it.each(SINGLE)(
    `every ${EVERY}th, with $messages messages and replies of $parts parts, leaves each message with its reply`,
    (small) => {
      const { singles, failures } = resultOf(small) ?? {};
      expect(failures).toEqual([]);
      expect(singles).toBeGreaterThan(LEAST);
    },
  );

  it.each(PAIRS)(
    `every ${EVERY}th alone and in every ${STRIDE}th pair, with $messages message and replies of $parts parts, does so too`,
    (small) => {
      const { runs = 0, singles = 0, failures } = resultOf(small) ?? {};
      expect(failures).toEqual([]);
      expect(singles).toBeGreaterThan(LEAST_FIRST);
      expect(runs - singles).toBeGreaterThan(20);
    },
  );

  it.each(AFTER_DEATHS)(
    `every ${EVERY}th does so after $deaths deliveries in which the process died`,
    (small) => {
      const { singles, failures } = resultOf(small) ?? {};
      expect(failures).toEqual([]);
      expect(singles).toBeGreaterThan(LEAST);
    },
  );

  it.each(WITH_STEPS)(
    `every ${EVERY}th does so where answers tag and invite, and has each tag and each person there once`,
    (small) => {
      const { singles, failures, calls } = resultOf(small) ?? {};
      expect(failures).toEqual([]);
      expect(singles).toBeGreaterThan(LEAST);
      for (const step of ['POST …/Messages/IM…', 'POST …/Participants'])
        expect(calls).toContain(`reply: ${step.replace('…/', '/v1/Services/IS…/Conversations/CH…/')}`);
    },
  );

  it.each(WITH_CALLS)(
    `every ${CALLS_EVERY}st does so where a handler answers, and it is not called once that is frozen`,
    (small) => {
      const { singles, failures, calls } = resultOf(small) ?? {};
      expect(failures).toEqual([]);
      expect(singles).toBeGreaterThan(500 / CALLS_EVERY);
      expect(calls).toContain('reply: the service');
      const mark = 'reply: put tries|onMessageAdded|IM…';
      if (small.deaths === 1) expect(calls).toContain(mark);
    },
  );

  it('comes to the lease of the reconciler, and to the mark before what processes may die of', () => {
    const calls = AFTER_DEATHS.map((small) => resultOf(small)?.calls);
    for (const each of calls) expect(each).toContain('reconcile: put looks');
    expect(calls[0]).not.toContain('reply: put tries|onMessageAdded|IM…');
    expect(calls[1]).toContain('reply: put tries|onMessageAdded|IM…');
  });
});
