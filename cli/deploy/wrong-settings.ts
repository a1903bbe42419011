import { type Environment, findProblems } from '../../build/check-deployment.ts';
import { readDeploySettings } from '../../build/deploy-settings.ts';
import { FUNCTION_NAMES } from '../../lib/settings.ts';
import type { OpenedSettings } from './open-settings.ts';

type Opened = Pick<OpenedSettings, 'places' | 'given' | 'region'>;

/** What the functions and the stack would refuse, each with its place in the stage's file. */
export function wrongSettings(
  functions: Parameters<typeof findProblems>[0],
  { places, given, region }: Opened,
): readonly string[] {
  const wrong = [...findProblems(functions), ...readDeploySettings(given, region).problems];
  return wrong.map((found) => {
    const [name = ''] = /^[A-Z_]+/.exec(found) ?? [];
    const place = places[name];
    return place === undefined ? found : `${place}: ${found}`;
  });
}

/** The same before anything is built, for what is set: a package may be made before the rest is known. */
export function wrongValues(opened: Opened): readonly string[] {
  const environment: Environment = opened.given;
  const functions = Object.fromEntries(FUNCTION_NAMES.map((name) => [name, { environment }]));
  return wrongSettings(functions, opened).filter((found) => !IS_MISSING.test(found));
}

/** As lib/config.ts says it. */
const IS_MISSING = /^[A-Z_]+ is not set: /;
