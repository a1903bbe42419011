import { defineCommand } from '../command.ts';
import { SECRETS } from '../secrets/secret-names.ts';
import { withStage } from '../stage/open-stage.ts';
import { stageOptions } from '../stage/stage-options.ts';

/** `parley secrets check` */
export const check = defineCommand({
  name: 'check',
  summary:
    'Say which versions the two secrets have, whether each holds what it should, and how old they are.',
  options: stageOptions,
  examples: [['parley secrets check --stage prod', 'what they hold is printed nowhere']],
  exits: { done: 'they can be used; warnings do not change that', failed: 'one cannot' },
  run: (values, terminal) =>
    withStage(values, async (stage) => {
      const { lookAtSecret } = await import('../secrets/look-at-secret.ts');
      const { needAws, secretOf } = await import('../secrets/which-secret.ts');
      const { reportFindings } = await import('../doctor/report-findings.ts');
      const aws = needAws(stage);
      const looked = await Promise.all(
        SECRETS.map((name) => lookAtSecret(aws, secretOf(stage, name), stage)),
      );
      const secrets = looked.map(({ findings: _, ...facts }) => facts);
      const lines = secrets.map(
        ({ secret, id, versions, days }) =>
          `${secret} (${id}): ${versions.map(({ label }) => label).join(', ')}; changed ${days ?? 'an unknown number of'} days ago.`,
      );
      if (!values.json) for (const line of lines) terminal.out(line);
      const findings = looked.flatMap((one) => one.findings);
      return reportFindings(findings, values, terminal, {
        good: 'Each version holds what it should.',
        facts: { secrets },
      });
    }),
});
