import { defineCommand, MISUSED, type Terminal } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { flag, several } from '../option.ts';
import { plural } from '../plural.ts';
import { change, statusOf } from '../stage/change.ts';
import { withStage } from '../stage/open-stage.ts';
import type { Stage } from '../stage/stage.ts';
import { type ChangeValues, changeOptions, stageOptions } from '../stage/stage-options.ts';
import { sidOf } from '../values.ts';

/** `parley dead drop IM…·CH…`, `parley dead drop --all` */
export const drop = defineCommand({
  name: 'drop',
  summary: 'Give dead letters up for good; nobody is answered.',
  operands: {
    which: several(
      'messages or conversations',
      sidOf(['IM', 'CH', 'MB'], 'a message, a conversation or who joined'),
    ),
  },
  options: { all: flag('every one'), ...stageOptions, ...changeOptions },
  examples: [
    ['parley dead drop IM00000000000000000000000000000000 --stage prod --reason spam', 'one message'],
    ['parley dead drop --all --stage dev --yes --reason "a test"', 'all, without a question'],
  ],
  exits: { done: 'they are gone', failed: 'somebody said no' },
  run: async (values, terminal) => {
    if (values.all === values.which.length > 0) {
      throw new CommandError(
        MISUSED,
        'Expected the SIDs of messages or conversations, or --all for every one.',
      );
    }
    return withStage(values, (stage) => dropIn(stage, values, terminal));
  },
});

type Values = ChangeValues & { readonly which: readonly string[]; readonly json: boolean };

/** What `dead drop` does in a stage that is open. */
export async function dropIn(stage: Stage, values: Values, terminal: Terminal): Promise<number> {
  const { chooseLetters, ordersFor } = await import('../dead/read-letters.ts');
  const { dropLetters } = await import('../dead/drop-letters.ts');
  const changed = await change(stage, values, terminal, {
    command: 'dead drop',
    items: ordersFor('Drop', await chooseLetters(stage, values.which)),
    asksAlways: true,
    act: () => dropLetters(stage, values.which),
  });
  const dropped = changed.ended === 'done' ? changed.result.length : 0;
  if (values.json) terminal.out(JSON.stringify({ ended: changed.ended, dropped }));
  else if (changed.ended === 'done') terminal.out(`${plural(dropped, 'dead letter')} dropped.`);
  return statusOf(changed);
}
