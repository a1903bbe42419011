import type { Marks } from '../../lib/record/since.ts';
import { defineCommand, FAILED, type Terminal } from '../command.ts';
import { option } from '../option.ts';
import { plural } from '../plural.ts';
import type { Recovered } from '../recover/look-everywhere.ts';
import { changeEach, type Step } from '../stage/change-each.ts';
import { withStage } from '../stage/open-stage.ts';
import type { Stage } from '../stage/stage.ts';
import { type ChangeValues, changeOptions, stageOptions } from '../stage/stage-options.ts';
import { parleyLine } from '../stage/suggest.ts';
import { tellChanged } from '../stage/tell-changed.ts';
import { moment, showMoment } from '../values.ts';

/** `parley recover [--since 6h]` */
export const recover = defineCommand({
  name: 'recover',
  summary: 'Look at all conversations for messages that no webhook told of, and say what was found.',
  options: {
    since: option('how far back, where the table is new or was restored', moment),
    ...stageOptions,
    ...changeOptions,
  },
  examples: [
    ['parley recover --stage prod --reason "webhooks went elsewhere"', 'what was lost since the bot began'],
    ['parley recover --since 6h --stage standby', 'in another region, whose table is new'],
    ['parley recover --stage local --dry-run', 'say what it would do'],
  ],
  exits: {
    done: 'all conversations were looked at',
    failed: 'some were not, or somebody said no',
  },
  run: (values, terminal) => withStage(values, (stage) => recoverIn(stage, values, terminal)),
});

type Values = ChangeValues & {
  readonly since: ((now: number) => number) | undefined;
  readonly json: boolean;
};

/** What `recover` does in a stage that is open. */
export async function recoverIn(stage: Stage, values: Values, terminal: Terminal): Promise<number> {
  const { SINCE_KEY } = await import('../../lib/record/keys.ts');
  const now = stage.clock.now();
  const since = values.since?.(now);
  const { latestSince } = await import('../../lib/record/since.ts');
  const marks = (await stage.table.get<Marks>(SINCE_KEY))?.value;
  const mark = marks && latestSince(marks);
  const isEarlier = since !== undefined && since < (mark ?? Number.POSITIVE_INFINITY);
  const say = values.json ? () => undefined : terminal.out;
  const changed = await changeEach(stage, values, terminal, {
    command: 'recover',
    steps: [...(isEarlier ? [settingBack(stage, since, mark)] : []), looking(stage, say)],
  });
  const recovered = 'result' in changed ? changed.result.find((one) => one !== undefined) : undefined;
  if (recovered === undefined) return tellChanged(changed, values, terminal);
  const { found, isWhole, isUnfinished, others, messages } = recovered;
  say(`Put on the queue: ${plural(found, 'message')}.`);
  for (const { messageSid, conversationSid, outcome } of messages)
    say(`  ${messageSid} in ${conversationSid}: ${outcome ?? 'not answered yet'}`);
  if (messages.some(({ outcome }) => outcome === 'stale')) {
    // By the clock of the function, which took them in.
    const asked = `replay --since ${showMoment(now - CLOCKS_DIFFER_MS)} --outcome stale`;
    say(`Those that are stale were too old. All the same: ${parleyLine(asked, stage)}`);
  }
  for (const sid of others) {
    say(
      `Twilio calls another stack for ${sid}: nothing was looked for there. Where this one is to answer: ${parleyLine('webhooks set', stage)}`,
    );
  }
  if (isUnfinished)
    say(`Not every conversation was looked at: run it again, or see ${parleyLine('doctor', stage)}`);
  const status = tellChanged(changed, values, terminal, recovered);
  return isWhole ? status : FAILED;
}

const CLOCKS_DIFFER_MS = 60_000;

function settingBack(stage: Stage, since: number, mark: number | undefined): Step<undefined> {
  const from = mark === undefined ? '' : `, from ${shown(mark)}`;
  return {
    order: `Set the mark back to ${shown(since)}${from}.`,
    act: async () => {
      const { moveMarkBack } = await import('../../lib/record/since.ts');
      await moveMarkBack({ store: stage.table, clock: stage.clock }, since);
      return undefined;
    },
  };
}

function looking(stage: Stage, say: (line: string) => void): Step<Recovered> {
  return {
    order: 'Look at all conversations, and put every message without an outcome on the queue.',
    act: async () => {
      const { lookEverywhere } = await import('../recover/look-everywhere.ts');
      return lookEverywhere(stage, (found) => say(`${plural(found, 'message')} so far; it goes on.`));
    },
  };
}

function shown(at: number): string {
  return new Date(at).toISOString();
}
