import { DONE, defineCommand, FAILED, type Terminal } from '../command.ts';
import type { Repair } from '../doctor/check.ts';
import type { Examined } from '../doctor/examine.ts';
import { flag } from '../option.ts';
import type { Changed } from '../stage/change.ts';
import { withStage } from '../stage/open-stage.ts';
import type { Stage } from '../stage/stage.ts';
import { type ChangeValues, changeOptions, type StageValues, stageOptions } from '../stage/stage-options.ts';

/** `parley doctor [--fix]` */
export const doctor = defineCommand({
  name: 'doctor',
  summary:
    'Look at everything a bot needs, at AWS, at Twilio and at its door; say what is wrong and how to fix it.',
  options: {
    ...stageOptions,
    fix: flag(
      'put right what can hurt nobody: the webhook where it is ours or nobody’s, the table’s protection',
    ),
    ...changeOptions,
  },
  examples: [
    ['parley doctor --stage prod', 'it sends no message and changes nothing'],
    ['parley doctor --stage local', 'the local world, without what only AWS has'],
    ['parley doctor --stage prod --fix', 'asks before it puts anything right'],
    ['parley doctor --stage prod --json', 'for a pipeline'],
  ],
  exits: {
    done: 'there is no problem; warnings do not change that',
    failed: 'there is one, or the stage cannot be looked at',
  },
  run: (values, terminal) =>
    withStage(values, async (stage) => {
      const { examine } = await import('../doctor/examine.ts');
      const { examinedAsJson, showExamined } = await import('../doctor/show.ts');
      const first = await examine(stage, terminal.cwd);
      const changed = values.fix ? await repair(stage, first, values, terminal) : undefined;
      const isFixed = changed !== undefined && 'result' in changed;
      const last = isFixed ? await examine(stage, terminal.cwd) : first;
      if (!values.json) showExamined(last, terminal);
      const status = hasProblem(last) ? FAILED : DONE;
      if (changed !== undefined) {
        const { tellChanged } = await import('../stage/tell-changed.ts');
        return Math.max(status, tellChanged(changed, values, terminal, examinedAsJson(last)));
      }
      if (values.json) terminal.out(JSON.stringify(examinedAsJson(last)));
      return status;
    }),
});

/** Puts right what can hurt nobody. */
async function repair(
  stage: Stage,
  examined: Examined,
  values: StageValues & ChangeValues,
  terminal: Terminal,
): Promise<Changed<unknown>> {
  const { changeEach } = await import('../stage/change-each.ts');
  const all = findingsOf(examined).flatMap(({ repair: one }) => one ?? []);
  // Two findings about one thing are put right by the same order.
  const byOrder = new Map<string, Repair>(all.map((one) => [one.order, one]));
  return changeEach(stage, values, terminal, {
    command: 'doctor --fix',
    asksAlways: true,
    steps: [...byOrder.values()],
  });
}

function hasProblem(examined: Examined): boolean {
  return findingsOf(examined).some(({ grade }) => grade === 'problem');
}

function findingsOf({ rooms }: Examined) {
  return rooms.flatMap(([, looked]) => looked.flatMap(({ findings }) => findings));
}
