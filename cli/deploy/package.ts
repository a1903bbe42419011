import { DONE, defineCommand, FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { runScript } from '../run-script.ts';
import { deployOptions } from './deploy-options.ts';
import { openSettings } from './open-settings.ts';
import { runBuild, runDeployer } from './run-tool.ts';
import { settingsRefused } from './settings-refused.ts';
import { wrongValues } from './wrong-settings.ts';

/** `npm run package`: docs/deploying.md */
export const packageCommand = defineCommand({
  name: 'npm run package --',
  summary: 'Make the zips and the template of a stage in .serverless/, without network and credentials.',
  options: deployOptions,
  examples: [
    ['npm run package', 'to look at what would be deployed'],
    ['npm run package -- --stage prod', 'with the settings of stages/prod.env'],
  ],
  exits: {
    done: 'they are made, and the hash of each zip is printed',
    failed: 'something is wrong with the rules or the settings',
  },
  run: async (values, terminal) => {
    const opened = await openSettings(values, process.env, terminal);
    const wrong = wrongValues(opened);
    if (wrong.length > 0) throw new CommandError(FAILED, settingsRefused(wrong));
    const { region, environment } = opened;
    await runBuild([], { ...environment, STAGE: values.stage }, terminal);
    await runDeployer(['package', '--stage', values.stage, '--region', region], environment, terminal);
    return DONE;
  },
});

if (import.meta.main) await runScript(packageCommand);
