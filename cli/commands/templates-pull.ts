import { defineCommand } from '../command.ts';
import { withStage } from '../stage/open-stage.ts';
import { changeOptions, stageOptions } from '../stage/stage-options.ts';

/** `parley templates pull` */
export const pull = defineCommand({
  name: 'pull',
  summary: 'Write into bot/templates what the account has of the templates that the rules name.',
  options: { ...stageOptions, ...changeOptions },
  examples: [
    ['parley templates pull --stage prod --dry-run', 'which files would change'],
    ['parley templates pull --stage prod --reason "written in the console"', 'then: parley rules check'],
  ],
  exits: {
    done: 'the files are as the account has them',
    failed: 'the account lacks one, or somebody said no',
  },
  run: (values, terminal) =>
    withStage(values, async (stage) => {
      const { openCatalogue } = await import('../templates/open-catalogue.ts');
      const { planPull } = await import('../templates/plan-pull.ts');
      const { changeEach } = await import('../stage/change-each.ts');
      const { tellChanged } = await import('../stage/tell-changed.ts');
      const { content, entries, folder } = await openCatalogue(stage, terminal.cwd);
      const planned = await planPull(content, entries, folder);
      const changed = await changeEach(stage, values, terminal, {
        command: 'templates pull',
        steps: planned,
      });
      return tellChanged(changed, values, terminal, { files: planned.map(({ file }) => file) });
    }),
});
