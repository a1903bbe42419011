import { defineCommand } from '../command.ts';
import { withStage } from '../stage/open-stage.ts';
import { changeOptions, stageOptions } from '../stage/stage-options.ts';
import { deployLine } from '../stage/suggest.ts';

/** `parley templates push` */
export const push = defineCommand({
  name: 'push',
  summary:
    'Create the templates that the account does not have as bot/templates defines them; write their SIDs into bot/templates/sids.json.',
  options: { ...stageOptions, ...changeOptions },
  examples: [
    ['parley templates push --stage prod --dry-run', 'which would be created'],
    ['parley templates push --stage prod --reason "first deployment"', 'then deploy: the SIDs are built in'],
  ],
  exits: { done: 'the account has them', failed: 'somebody said no, or Twilio refused' },
  run: (values, terminal) =>
    withStage(values, async (stage) => {
      const { openCatalogue } = await import('../templates/open-catalogue.ts');
      const { planPush } = await import('../templates/plan-push.ts');
      const { writeSids } = await import('../templates/sids-file.ts');
      const { changeEach } = await import('../stage/change-each.ts');
      const { tellChanged } = await import('../stage/tell-changed.ts');
      const { content, entries, folder } = await openCatalogue(stage, terminal.cwd);
      const planned = await planPush(content, entries, folder);
      const changed = await changeEach(stage, values, terminal, {
        command: 'templates push',
        steps: planned.map(({ order, act }) => ({
          order,
          act: async (why) => {
            const made = await act(why);
            // At once: what Twilio has created and nobody remembers would be created again.
            await writeSids(folder, stage.name, [made]);
            return made;
          },
        })),
      });
      const created = 'result' in changed ? changed.result : [];
      if (created.length > 0 && !values.json) {
        terminal.out(`Their SIDs are in bot/templates/sids.json. Next: ${deployLine(stage)}`);
      }
      return tellChanged(changed, values, terminal, { created });
    }),
});
