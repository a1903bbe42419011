import { describe, expect, it } from 'vitest';
import type { ConversationRecord } from '../../lib/record/conversation.ts';
import { conversationKey, MODE_KEY } from '../../lib/record/keys.ts';
import type { ModeItem } from '../../lib/record/mode.ts';
import { NO_FAULTS } from './fault-load.ts';
import { createOperator, type Spell } from './operator.ts';
import { createScheduler, EPOCH, seededRandom } from './scheduler.ts';
import { createWorld } from './world.ts';

const SECOND = 1_000;
const trace = () => undefined;
const SEEDS = Array.from({ length: 40 }, (_, n) => n + 1);

function stageOf(seed: number) {
  const scheduler = createScheduler(seededRandom(seed));
  const world = createWorld({ scheduler, load: NO_FAULTS, trace });
  const by = createOperator({ world, scheduler, written: [], trace, maxMessages: 0 });
  const lasts = (spells: readonly Spell[]) => spells.some(({ to }) => to > scheduler.now());
  return { scheduler, world, by, lasts };
}

// Cause: whoever pressed first was taken to be overwritten, though their calls had failed and they did it again later.
describe('of two who press at once, the one whose press was written last is right', () => {
  it.each(SEEDS)('about the mode, seed %d', async (seed) => {
    const { scheduler, world, by, lasts } = stageOf(seed);
    const both = Promise.all([by.press('live'), by.press('off')]);
    await scheduler.run(EPOCH + 60 * SECOND);
    await both;
    const pressed = (await world.store.get<ModeItem>(MODE_KEY))?.value.mode;
    expect(lasts(by.silent)).toBe(pressed === 'off');
  });

  it.each(SEEDS)('about a conversation, seed %d', async (seed) => {
    const { scheduler, world, by, lasts } = stageOf(seed);
    const sid = `CH${'1'.repeat(32)}`;
    const early = by.mute(sid, 60 * SECOND);
    await scheduler.run(EPOCH + 10 * SECOND);
    const both = Promise.all([by.unmute(sid), by.mute(sid, 120 * SECOND)]);
    await scheduler.run(EPOCH + 30 * SECOND);
    await Promise.all([early, both]);
    const item = await world.store.get<ConversationRecord>(conversationKey(sid));
    expect(lasts(by.muted)).toBe(Number(item?.value.mutedUntil) > scheduler.now());
  });
});
