import { defineCommand, FAILED, MISUSED, type Terminal } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { option } from '../option.ts';
import { plural } from '../plural.ts';
import type { PlannedRollback } from '../rollback/plan-rollback.ts';
import { withStage } from '../stage/open-stage.ts';
import type { Stage } from '../stage/stage.ts';
import { changeOptions, stageOptions } from '../stage/stage-options.ts';
import { parleyLine } from '../stage/suggest.ts';
import { textOf } from '../values.ts';

/** `parley rollback [--to <when>]`: docs/deploying.md */
export const rollback = defineCommand({
  name: 'rollback',
  summary: 'Give the stack the template and the code of a deployment before, without building anything.',
  options: {
    ...stageOptions,
    to: option('when that deployment was packaged, or how that begins', textOf('time', 'a time')),
    ...changeOptions,
  },
  examples: [
    ['parley rollback --stage prod', 'to what ran before'],
    ['parley rollback --stage prod --dry-run', 'to see what would change'],
    ['parley rollback --stage prod --to 2026-11-28T09 --yes --reason "404s"', 'to a certain one'],
  ],
  exits: { done: 'it runs again', failed: 'it was refused, declined, or CloudFormation did not do it' },
  run: (values, terminal) =>
    withStage(values, async (stage) => {
      const { aws } = stage;
      if (aws === undefined) {
        throw new CommandError(
          MISUSED,
          'The local world has no deployments: expected a stage in AWS, such as --stage prod.',
        );
      }
      const { createAwsAccount } = await import('../deploy/aws-account.ts');
      const { planRollback } = await import('../rollback/plan-rollback.ts');
      const { restoreTemplate } = await import('../rollback/restore-template.ts');
      const { changeEach } = await import('../stage/change-each.ts');
      const { tellChanged } = await import('../stage/tell-changed.ts');
      const planned = await planRollback(stage, aws, createAwsAccount(aws.clients), values.to);
      if (!values.json) await tell(planned, terminal);
      if (planned.unreadable.inFlight > 0) throw new CommandError(FAILED, refusal(planned, stage));
      const { template, ...shown } = planned;
      const began = stage.clock.now();
      const order = `Roll ${aws.stackName} back to ${planned.target.at}${commitOf(planned.commits.to)}.`;
      const changed = await changeEach(stage, values, terminal, {
        command: 'rollback',
        asksAlways: true,
        steps: [{ order, act: () => restoreTemplate(aws, planned.target, template) }],
      });
      const seconds = Math.round((stage.clock.now() - began) / 1000);
      if (changed.ended === 'done' && !values.json)
        terminal.out(`Rolled back in ${seconds} s. Next: ${parleyLine('doctor', stage)}`);
      return tellChanged(changed, values, terminal, { seconds, ...shown });
    }),
});

async function tell(
  { settings, rules, unreadable, commits }: PlannedRollback,
  { out }: Terminal,
): Promise<void> {
  const { showChange } = await import('../deploy/settings-difference.ts');
  const lines = [...settings.map(showChange), ...rules];
  out(lines.length === 0 ? `The settings and the rules stay${commitOf(commits.from)}.` : 'What changes:');
  for (const line of lines) out(`  ${line}`);
  if (unreadable.conversations > 0) {
    out(
      `${plural(unreadable.conversations, 'conversation')} cannot be read by that version: what is written there next waits until a newer one is back.`,
    );
  }
}

function refusal({ unreadable: { inFlight } }: PlannedRollback, stage: Stage): string {
  return `Not rolled back: ${plural(inFlight, 'message')} in flight cannot be read by that version, and would wait for a newer one. They end by themselves, most of them within minutes: try again. So that no new ones come: ${parleyLine('mode off', stage)}`;
}

function commitOf(commit: string | undefined): string {
  return commit === undefined ? '' : ` (commit ${commit})`;
}
