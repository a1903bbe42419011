import { describe, expect, it } from 'vitest';
import { bundleWithRules, ORDER } from '../support/bundle-with-rules.ts';
import { judge } from './judge.ts';
import { runChaos } from './run-chaos.ts';
import { RECEIVE, TWO_PARTS } from './scenarios.ts';
import { askForOrder, type Trial } from './trial.ts';
import { PATIENCE_MS, startWorld } from './world.ts';

/** The short version of `npm run chaos`: every moment of the usual ways that is not like another, and some at random. */
const SEED = 1;
const KILLS = 20;
/** At least: what receive sends, what reply stores and posts, and how each of them begins and answers. */
const MOMENTS = 20;
/** It takes less than a minute, and far longer where many others are at work; what still waits then is named so. */
const LIMIT_MS = 3 * PATIENCE_MS;

const folders = { reply: await bundleWithRules('dist/brief-chaos/reply', ORDER) };

describe.concurrent('the packaged bot, killed in its processes', () => {
  it(`loses, doubles and reorders nothing (seed ${SEED})`, { timeout: LIMIT_MS }, async () => {
    const said: string[] = [];
    const result = await runChaos({
      kills: KILLS,
      seed: SEED,
      scenarios: [RECEIVE, TWO_PARTS],
      brief: true,
      folders,
      say: (line) => said.push(line),
    });
    expect(result, said.join('\n')).toMatchObject({ lost: 0, waiting: 0, duplicated: 0, reordered: 0 });
    expect(result.reached).toBe(result.moments);
    expect(result.kills).toBeGreaterThanOrEqual(KILLS);
    expect(result.moments).toBeGreaterThanOrEqual(MOMENTS);
  });

  it('is seen to lose what nothing finds, and to double what Twilio never shows', {
    timeout: LIMIT_MS,
  }, async () => {
    const nothing = { messages: [], meta: { next_page_url: null } };
    const world = await startWorld({
      pretend: (call) => (call === 'GET Messages' ? nothing : undefined),
      folders,
      soon: true,
    });
    const sent = { at: 'call', call: 'POST Messages', nth: 1, when: 'after' } as const;
    const lost: Trial = { name: 'lost', lines: [askForOrder({ webhook: 'lost' })] };
    const doubled: Trial = { name: 'doubled', lines: [askForOrder({ kills: [sent] })] };
    try {
      await world.write([lost, doubled]);
      const underWay = await world.quiet();
      const verdicts = [lost, doubled].map(async (trial) =>
        judge(
          trial.lines.flatMap(({ expected }) => expected),
          await world.seen(trial),
          underWay,
        ),
      );
      expect(await Promise.all(verdicts)).toEqual([
        { lost: 1, waiting: 0, duplicated: 0, reordered: 0 },
        { lost: 0, waiting: 0, duplicated: 1, reordered: 0 },
      ]);
    } finally {
      await world.stop();
    }
  });
});
