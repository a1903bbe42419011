import { flag, type Option, option, type Value } from '../option.ts';
import { portInUse } from '../values.ts';

/** The stage that is the world of `npm start`. */
export const LOCAL_STAGE = 'local';

/** What the deployment tool takes, and CloudFormation as part of a stack's name. */
const stageName: Value<string> = {
  name: 'name',
  expected: 'the name of a stage, such as prod: a letter, then letters, digits and hyphens',
  read: (given) => (/^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(given) ? given : undefined),
};

const word = (name: string, expected: string): Value<string> => ({
  name,
  expected,
  read: (given) => (/^[\w.@/+=-]+$/.test(given) ? given : undefined),
});

/** What every command takes that works on a deployed bot. */
export const stageOptions = {
  stage: option('which deployed bot; local is the world of npm start', stageName, 'dev'),
  region: option('of AWS, instead of AWS_REGION', word('region', 'a region such as eu-west-1')),
  profile: option(
    'of the AWS command line, instead of AWS_PROFILE',
    word('profile', 'the name of a profile'),
  ),
  port: option('where the local world listens, with --stage local (default: 4000)', portInUse),
  json: flag('print one object'),
};

/** What a command takes that changes something. */
export const changeOptions = {
  dryRun: flag('say what would be done, and do nothing'),
  yes: flag('do not ask'),
  reason: option('why, for the audit', textWithin(200)),
};

/** What a command takes that may print what people wrote (mayShowText of change.ts). */
export const showTextOptions = {
  showText: flag('print what people wrote as well, which goes into the audit'),
  yes: changeOptions.yes,
  reason: changeOptions.reason,
};

function textWithin(length: number): Value<string> {
  return {
    name: 'text',
    expected: `a text of 1 to ${length} characters`,
    read: (given) => (given.trim() !== '' && given.length <= length ? given : undefined),
  };
}

type ValuesOf<O> = { readonly [name in keyof O]: O[name] extends Option<infer T> ? T : never };
export type StageValues = ValuesOf<typeof stageOptions>;
/** How whoever is at the command line has found a stage. */
export type Given = Pick<StageValues, 'stage'> & Partial<Pick<StageValues, 'region' | 'profile' | 'port'>>;
/** Where `npm start` has it listen. */
export const LOCAL_PORT = 4000;
export type ChangeValues = ValuesOf<typeof changeOptions>;
export type ShowTextValues = ValuesOf<typeof showTextOptions>;
