import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readConfig } from '../../../lib/config.ts';
import { ConfigError } from '../../../lib/config-error.ts';
import { FUNCTION_NAMES, type FunctionSetting, SETTINGS } from '../../../lib/settings.ts';
import { deployLine } from '../../stage/suggest.ts';
import { awsCheck, type Finding, problem, warning } from '../check.ts';
import type { Look } from '../look.ts';

/** What must be the same in every function that has it. */
const SHARED = ['TWILIO_ACCOUNT_SID', 'TWILIO_CHAT_SERVICE_SID', 'QUEUE_URL', 'TABLE_NAME', 'PUBLIC_URL'];

export const settings = awsCheck({
  id: 'settings',
  what: 'The functions take their settings, agree on them, and have those of the stage’s file',
  why: 'A function that refuses a setting fails at every event; two that disagree work on two bots.',
  run: async (_aws, look) => [...refused(look), ...disagreements(look), ...(await differences(look))],
});

const redeploy = ({ stage }: Look) => deployLine(stage);

/** As each function reads them when it starts. */
function refused(look: Look): readonly Finding[] {
  return FUNCTION_NAMES.flatMap((name) => {
    try {
      readConfig(name, { ...look.stage.settings[name], AWS_LAMBDA_FUNCTION_NAME: name });
      return [];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return error.problems.map((one) => problem(`${name} refuses its settings: ${one}`, redeploy(look)));
    }
  });
}

function disagreements(look: Look): readonly Finding[] {
  return SHARED.flatMap((name) => {
    const values = new Set(FUNCTION_NAMES.flatMap((one) => look.stage.settings[one][name] ?? []));
    const says = `${name} is not the same in all functions: ${[...values].join(' and ')}.`;
    return values.size > 1 ? [problem(says, redeploy(look))] : [];
  });
}

/** Of the file that the stage was deployed from, where this checkout has it. */
async function differences(look: Look): Promise<readonly Finding[]> {
  const shown = `stages/${look.stage.name}.env`;
  const text = await readFile(join(look.cwd, shown), 'utf8').catch(() => undefined);
  if (text === undefined) return [];
  const known: Readonly<Record<string, FunctionSetting>> = SETTINGS;
  return Object.entries(parseEnv(text)).flatMap(([name, value = '']) => {
    const setting = known[name];
    const [reader] = setting?.usedBy ?? [];
    if (setting === undefined || reader === undefined) return [];
    const runs = look.stage.settings[reader][name] || setting.default || '';
    const says = `${name} is ${JSON.stringify(runs)} where it runs, and ${JSON.stringify(value)} in ${shown}.`;
    return runs === (value.trim() || setting.default || '') ? [] : [warning(says, redeploy(look))];
  });
}
