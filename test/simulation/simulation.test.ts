import { describe, expect, it } from 'vitest';
import { drawSeed } from '../support/runs.ts';
import corpus from './corpus.json' with { type: 'json' };
import { NO_FAULTS } from './fault-load.ts';
import { profileNamed } from './profiles/profiles.ts';
import { runSeeds } from './run-seeds.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';

/** Of all profiles, each by its share (profiles/profiles.ts); `npm run sim` runs as many as you like. */
const SEEDS = 30;
const FIRST = drawSeed();

describe('the simulation', () => {
  it(`loses, doubles and reorders nothing in ${SEEDS} seeds from ${FIRST} on, and proving that gives no false alarm`, {
    timeout: 600_000,
  }, async () => {
    const { failures, seeds, lost, waiting, duplicated, reordered, messages } = await runSeeds({
      first: FIRST,
      end: FIRST + SEEDS,
      prove: true,
    });
    expect(failures, failures.join('\n')).toEqual([]);
    expect({ seeds, lost, waiting, duplicated, reordered }).toEqual({
      seeds: SEEDS,
      lost: 0,
      waiting: 0,
      duplicated: 0,
      reordered: 0,
    });
    expect(messages).toBeGreaterThan(2 * SEEDS);
  });

  it.each(corpus)('passes seed $seed of $profile, which failed once: $cause', async ({ seed, profile }) => {
    expect((await simulate(seed, { profile: profileNamed(profile) })).problems).toEqual([]);
  });

  it.each([1, 77, 4_242])('has one history a seed: %d', async (seed) => {
    const [first, second] = [await simulate(seed), await simulate(seed)];
    expect(second.hash).toBe(first.hash);
    expect((await simulate(seed + 1)).hash).not.toBe(first.hash);
  });

  it('comes to rest without a retry when nothing fails', async () => {
    const { problems, retries } = await simulate(5, { adjust: () => NO_FAULTS });
    expect({ problems, retries }).toEqual({ problems: [], retries: 0 });
  });
});

describe('a failing seed', () => {
  it('is shrunk to what it takes', async () => {
    // As if nothing went wrong but by crashes, and only when there are two messages at least.
    const run: typeof simulate = async (seed, options) => {
      const history = await simulate(seed, options);
      const fails = history.load.crash > 0 && (options?.maxMessages ?? 8) > 1;
      return { ...history, problems: fails ? ['it is broken'] : [] };
    };
    const { description, history } = await shrink(3, run);
    expect(description).toMatch(
      /^SEED=3 of ordinary, shrunk to at most 2 messages with crash 0\.0\d+:\n {2}it is broken$/,
    );
    expect(history.load.portAfter).toBe(0);
  });
});
