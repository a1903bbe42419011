import { defineCommand, FAILED, MISUSED, type Terminal } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { flag, several } from '../option.ts';
import { plural } from '../plural.ts';
import { change } from '../stage/change.ts';
import { withStage } from '../stage/open-stage.ts';
import type { Stage } from '../stage/stage.ts';
import { type ChangeValues, changeOptions, stageOptions } from '../stage/stage-options.ts';
import { tellChanged } from '../stage/tell-changed.ts';
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
  exits: {
    done: 'they are gone',
    failed: 'there is no such dead letter, one could not be dropped, or somebody said no',
  },
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
  const { chooseLetters, ordersFor, stoppedAt, tellUnknown } = await import('../dead/read-letters.ts');
  const { dropLetters } = await import('../dead/drop-letters.ts');
  const { which } = values;
  const letters = await chooseLetters(stage, which);
  const changed = await change(stage, values, terminal, {
    command: 'dead drop',
    items: ordersFor('Drop', letters, which),
    asksAlways: true,
    act: async () => {
      const { dropped, failure } = await dropLetters(stage, which);
      const stopped = failure && stoppedAt('Drop', letters, dropped, failure);
      return { result: dropped.length, stopped };
    },
  });
  const dropped = 'result' in changed ? changed.result : 0;
  if ('result' in changed && !values.json) terminal.out(`${plural(dropped, 'dead letter')} dropped.`);
  tellUnknown(stage, letters, terminal);
  const { unknown } = letters;
  const status = tellChanged(changed, values, terminal, { dropped, unknown });
  return unknown.length === 0 ? status : FAILED;
}
