import type { Mark } from '../../lib/record/since.ts';
import { DONE, defineCommand, FAILED, type Terminal } from '../command.ts';
import { commandLine } from '../evidence/command-lines.ts';
import { option } from '../option.ts';
import { plural } from '../plural.ts';
import { change, statusOf } from '../stage/change.ts';
import { withStage } from '../stage/open-stage.ts';
import type { Stage } from '../stage/stage.ts';
import { type ChangeValues, changeOptions, stageOptions } from '../stage/stage-options.ts';
import { moment } from '../values.ts';

/** `parley recover [--since 6h]` */
export const recover = defineCommand({
  name: 'recover',
  summary: 'Look at all conversations for messages that no webhook told of, and say what was found.',
  options: {
    since: option('since when what has no record was missed, where the table does not know', moment),
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
  const since = values.since?.(stage.clock.now());
  const mark = (await stage.table.get<Mark>(SINCE_KEY))?.value.since;
  const isEarlier = since !== undefined && since < (mark ?? Number.POSITIVE_INFINITY);
  const say = values.json ? () => undefined : terminal.out;
  const changed = await change(stage, values, terminal, {
    command: 'recover',
    items: [
      ...(isEarlier
        ? [`Set the mark back to ${shown(since)}${mark === undefined ? '' : `, from ${shown(mark)}`}.`]
        : []),
      'Look at all conversations, and put every message without an outcome on the queue.',
    ],
    act: async () => {
      const { moveMarkBack } = await import('../../lib/record/since.ts');
      const { lookEverywhere } = await import('../recover/look-everywhere.ts');
      if (isEarlier) await moveMarkBack({ store: stage.table, clock: stage.clock }, since);
      return lookEverywhere(stage, (found) => say(`${plural(found, 'message')} so far; it goes on.`));
    },
  });
  if (changed.ended !== 'done') {
    if (values.json) terminal.out(JSON.stringify({ ended: changed.ended }));
    return statusOf(changed);
  }
  const { found, isWhole, messages } = changed.result;
  if (values.json) terminal.out(JSON.stringify({ ended: 'done', found, isWhole, messages }));
  say(`Put on the queue: ${plural(found, 'message')}.`);
  for (const { messageSid, conversationSid, outcome } of messages)
    say(`  ${messageSid} in ${conversationSid}: ${outcome ?? 'not answered yet'}`);
  if (messages.some(({ outcome }) => outcome === 'stale')) {
    say(
      `Those that are stale were too old. All the same: ${commandLine('replay --since <time> --outcome stale', stage.name)}`,
    );
  }
  if (!isWhole)
    say(`Not every conversation was looked at: run it again, or see ${commandLine('doctor', stage.name)}.`);
  return isWhole ? DONE : FAILED;
}

function shown(at: number): string {
  return new Date(at).toISOString();
}
