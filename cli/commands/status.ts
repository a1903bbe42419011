import { DONE, defineCommand } from '../command.ts';
import { withStage } from '../stage/open-stage.ts';
import { stageOptions } from '../stage/stage-options.ts';

/** `parley status` */
export const status = defineCommand({
  name: 'status',
  summary: 'Say on one screen how a deployed bot is.',
  options: stageOptions,
  examples: [
    ['parley status --stage prod', 'mode, heartbeat, what it did, and what waits'],
    ['parley status --stage local', 'the same of the local world'],
  ],
  exits: { done: 'it could be looked at, however it is', failed: 'it could not' },
  run: async (values, { out }) => {
    const { readStatus } = await import('../status/read-status.ts');
    const { showStatus } = await import('../status/show-status.ts');
    return withStage(values, async (stage) => {
      const read = await readStatus(stage);
      if (values.json) out(JSON.stringify(read));
      else for (const line of showStatus(read, stage.clock.now(), stage)) out(line);
      return DONE;
    });
  },
});
