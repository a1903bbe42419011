import { defineCommand, FAILED, MISUSED, type Terminal } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { flag, option, several } from '../option.ts';
import { plural } from '../plural.ts';
import { change } from '../stage/change.ts';
import { withStage } from '../stage/open-stage.ts';
import type { Stage } from '../stage/stage.ts';
import { type ChangeValues, changeOptions, stageOptions } from '../stage/stage-options.ts';
import { tellChanged } from '../stage/tell-changed.ts';
import { durationUpTo, sidOf, wholeFrom } from '../values.ts';

const HOUR_MS = 3_600_000;

/** `parley dead redrive IM…·CH…`, `parley dead redrive --all` */
export const redrive = defineCommand({
  name: 'redrive',
  summary: 'Put dead letters on the queue again, where they may still be answered.',
  operands: {
    which: several(
      'messages or conversations',
      sidOf(['IM', 'CH', 'MB'], 'a message, a conversation or who joined'),
    ),
  },
  options: {
    all: flag('every one'),
    rate: option('how many a second', wholeFrom(1, 100), 5),
    answerFor: option(
      'for how long from now they may be answered, however old they are (default: 1h)',
      durationUpTo(24 * HOUR_MS, '24h'),
    ),
    ...stageOptions,
    ...changeOptions,
  },
  examples: [
    [
      'parley dead redrive --all --stage prod --reason "the table was down"',
      'all; Ctrl-C leaves the rest where it is',
    ],
    ['parley dead redrive CH00000000000000000000000000000000 --stage prod', 'those of one conversation'],
  ],
  exits: {
    done: 'they are on the queue',
    failed: 'there is no such dead letter, reply is failing, some stay where they are, or somebody said no',
  },
  run: async (values, terminal) => {
    if (values.all === values.which.length > 0) {
      throw new CommandError(
        MISUSED,
        'Expected the SIDs of messages or conversations, or --all for every one.',
      );
    }
    return withStage(values, (stage) => redriveIn(stage, values, terminal));
  },
});

type Values = ChangeValues & {
  readonly which: readonly string[];
  readonly rate: number;
  readonly answerFor: number | undefined;
  readonly json: boolean;
};

/** What `dead redrive` does in a stage that is open. */
export async function redriveIn(stage: Stage, values: Values, terminal: Terminal): Promise<number> {
  const { chooseLetters, ordersFor, stoppedAt, tellUnknown } = await import('../dead/read-letters.ts');
  const { redriveLetters } = await import('../dead/redrive-letters.ts');
  const { whyNotAnswer } = await import('../stage/may-answer.ts');
  const whyNot = values.dryRun ? undefined : await whyNotAnswer(stage);
  if (whyNot !== undefined) throw new CommandError(FAILED, whyNot);
  const { which, rate, answerFor = HOUR_MS } = values;
  const answerUntil = stage.clock.now() + answerFor;
  const letters = await chooseLetters(stage, which);
  const changed = await change(stage, values, terminal, {
    command: 'dead redrive',
    items: ordersFor('Redrive', letters, which),
    act: async () => {
      const result = await redriveLetters(stage, {
        which,
        answerUntil,
        rate,
        ends: terminal.cancel?.(),
        onProgress: (done) =>
          terminal.err(`${done} redriven; it goes on. Ctrl-C leaves the rest where it is.`),
      });
      const { redriven, failure } = result;
      return { result, stopped: failure && stoppedAt('Redrive', letters, redriven, failure) };
    },
  });
  tellUnknown(stage, letters, terminal);
  const { unknown } = letters;
  if (!('result' in changed)) {
    const status = tellChanged(changed, values, terminal, { unknown });
    return unknown.length === 0 ? status : FAILED;
  }
  const { redriven, unreadable, isWhole } = changed.result;
  // What has kept it from being through may keep the queue from saying so.
  const left = await stage.deadLetters.count().catch(() => null);
  if (!values.json) {
    const rest = left === null ? '' : `; ${plural(left, 'dead letter')} left`;
    terminal.out(`${plural(redriven.length, 'message')} on the queue again${rest}.`);
    if (unreadable.length > 0)
      terminal.out(
        `${unreadable.length} of them cannot be read, so nobody could answer them: dead drop gives them up.`,
      );
    if (!isWhole) terminal.out('It was ended before it was through. Run it again for the rest.');
  }
  const numbers = { redriven: redriven.length, unreadable: unreadable.length, isWhole, left, unknown };
  const status = tellChanged(changed, values, terminal, numbers);
  return isWhole && unreadable.length === 0 && unknown.length === 0 ? status : FAILED;
}
