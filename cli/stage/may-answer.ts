import { MODE_KEY } from '../../lib/record/keys.ts';
import type { ModeItem } from '../../lib/record/mode.ts';
import { modeAt } from '../../lib/record/mode.ts';
import { rulesOf } from '../evidence/rules-of.ts';
import { plural } from '../plural.ts';
import type { Stage } from './stage.ts';
import { deployLine, parleyLine } from './suggest.ts';

const SPAN_MS = 300_000;
const LOOKS_FOR_MS = 20_000;
const POLL_MS = 500;
const OUTCOMES = ['replied', 'no_rule', 'suppressed', 'stale', 'quarantined'] as const;

/** Why what is put on the queue again now would only fail again, and what to do first; undefined where nothing speaks against it. */
export async function whyNotAnswer(stage: Stage): Promise<string | undefined> {
  const { clock, table, metrics } = stage;
  const now = clock.now();
  const fixFirst = `Fix first what the doctor names: ${parleyLine('doctor', stage)}`;
  const item = await table.get<ModeItem>(MODE_KEY);
  if (rulesOf(stage).mode === 'off') {
    return `The bot is off by BOT_MODE, so nothing would be answered. Set it to live first: ${deployLine(stage)}`;
  }
  if (modeAt(item?.value, now) === 'off') {
    return `The bot is off, so nothing would be answered. Set it to live first: ${parleyLine('mode live', stage)}`;
  }
  const counted = await metrics.read(
    OUTCOMES.map((outcome) => ({ metric: `outcome_${outcome}`, statistic: 'Sum' })),
    { from: now - SPAN_MS, to: now, periodSeconds: 60 },
  );
  const sums = counted.map((points) => points.reduce((sum, { value }) => sum + value, 0));
  const ended = sums.reduce((sum, value) => sum + value, 0);
  const quarantined = sums.at(-1) ?? 0;
  if (ended === 0 && !(await moves(stage))) {
    return `Reply is failing: messages wait on the queue, and none came to an outcome in five minutes. ${fixFirst}`;
  }
  if (quarantined > ended / 2) {
    return `Reply is failing: ${quarantined} of ${plural(ended, 'message')} were set aside in the last five minutes. ${fixFirst}`;
  }
  return undefined;
}

/** Whether the queue is empty, or becomes shorter while somebody looks: a message that came a moment ago does not count. */
async function moves({ queue, clock }: Stage): Promise<boolean> {
  const waiting = async () => {
    const { visible, inFlight, delayed } = await queue.depth();
    return visible + inFlight + delayed;
  };
  const before = await waiting();
  for (const end = clock.now() + LOOKS_FOR_MS; before > 0 && clock.now() < end; ) {
    await clock.sleep(POLL_MS);
    if ((await waiting()) < before) return true;
  }
  return before === 0;
}
