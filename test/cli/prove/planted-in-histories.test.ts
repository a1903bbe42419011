import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../cli/prove/finding.ts';
import { proveStage } from '../../../cli/prove/prove-stage.ts';
import type { Stage } from '../../../cli/stage/stage.ts';
import { recorded } from '../../simulation/answered-world.ts';
import { readRecord, type Written } from '../../simulation/oracle.ts';
import type { Stage as SimulatedStage } from '../../simulation/profile.ts';
import { ordinary } from '../../simulation/profiles/ordinary.ts';
import { repliesTo } from '../../simulation/replies.ts';
import { simulate } from '../../simulation/simulate.ts';
import { stageOfWorld } from '../../simulation/stage-of-world.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** What is done to a history in which everything failed, and what must be named for it; undefined where it cannot be. */
type Plant = (
  history: SimulatedStage,
) => Promise<{ readonly stage: Stage; readonly sid: string } | undefined>;

const later = ({ world, scheduler }: SimulatedStage): Stage => {
  const stage = stageOfWorld(world, scheduler);
  return { ...stage, clock: { ...stage.clock, now: () => scheduler.now() + 20 * MINUTE } };
};

async function answeredIn({ world, written }: SimulatedStage): Promise<readonly Written[]> {
  const known = await Promise.all(written.map(async (one) => [one, await readRecord(world, one)] as const));
  return known.flatMap(([one, record]) => (record?.finished?.outcome === 'replied' ? [one] : []));
}

async function takeAway({ world }: SimulatedStage, message: Written): Promise<void> {
  for (const { sid } of repliesTo(world, message))
    await world.program.request('DELETE', `/Conversations/${message.conversationSid}/Messages/${sid}`);
}

async function answerAgain({ world }: SimulatedStage, message: Written): Promise<void> {
  const [reply] = repliesTo(world, message);
  const form = { Author: 'parley', Body: 'again', Attributes: reply?.attributes ?? '' };
  await world.post(message.conversationSid, form, false);
}

const PLANTS: readonly (readonly [kind: Finding['kind'], plant: Plant])[] = [
  [
    'lost',
    async (history) => {
      const [message] = await answeredIn(history);
      if (message === undefined) return undefined;
      await takeAway(history, message);
      const stage = recorded(later(history), (sid, record) => (sid === message.sid ? undefined : record));
      return { stage, sid: message.sid };
    },
  ],
  [
    'twice',
    async (history) => {
      const message = (await answeredIn(history)).at(-1);
      if (message === undefined) return undefined;
      await answerAgain(history, message);
      return { stage: later(history), sid: message.sid };
    },
  ],
  [
    'out_of_order',
    async (history) => {
      const all = (await answeredIn(history)).toSorted((a, b) => a.index - b.index);
      const first = all.find((one) =>
        all.some(
          ({ conversationSid, index }) => conversationSid === one.conversationSid && index > one.index,
        ),
      );
      if (first === undefined) return undefined;
      await answerAgain(history, first);
      const [, ...again] = repliesTo(history.world, first).toReversed();
      for (const { sid } of again)
        await history.world.program.request(
          'DELETE',
          `/Conversations/${first.conversationSid}/Messages/${sid}`,
        );
      return { stage: later(history), sid: first.sid };
    },
  ],
];

/** The kinds that are found of what was planted into the history of a seed; undefined where it could not be. */
async function planted(seed: number, plant: Plant): Promise<readonly Finding['kind'][] | undefined> {
  let found: readonly Finding['kind'][] | undefined;
  await simulate(seed, {
    profile: {
      ...ordinary,
      scene: () => ({
        judge: async (history) => {
          const there = await plant(history);
          if (there === undefined) return [];
          const options = { sinceMs: DAY, sample: undefined, yes: true, tell: () => undefined, terminal: {} };
          const { findings } = await proveStage(there.stage, options);
          found = findings.filter(({ sid }) => sid === there.sid).map(({ kind }) => kind);
          return [];
        },
      }),
    },
  });
  return found;
}

describe('what is planted into a history in which everything failed', () => {
  it.each(PLANTS)('is named: %s', async (kind, plant) => {
    const found = await Promise.all([1, 2, 3].map((seed) => planted(seed, plant)));
    const could = found.filter((kinds) => kinds !== undefined);
    expect(could.length).toBeGreaterThan(0);
    for (const kinds of could) expect(kinds).toContain(kind);
  });
});
