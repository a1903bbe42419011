import type * as z from 'zod/mini';
import { ConfigError } from './config-error.ts';
import { placeProblem } from './places.ts';
import { type FunctionName, type FunctionSetting, SETTINGS, type Setting } from './settings.ts';
import { sidSource } from './sid.ts';

export type { FunctionName } from './settings.ts';

type Settings = typeof SETTINGS;
type Name = keyof Settings;

/** What one function reads: the settings under their own names, checked and typed. */
export type Config<F extends FunctionName> = {
  readonly [K in Name as F extends Settings[K]['usedBy'][number] ? K : never]: z.output<
    Settings[K]['schema']
  >;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** What this process finds around it, as it is at this moment. */
export function environment(): Environment {
  return process.env;
}

/** Whether this process is a Lambda: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
export function runsInLambda(env: Environment = process.env): boolean {
  return env['AWS_LAMBDA_FUNCTION_NAME'] !== undefined;
}

/**
 * Reads what `name` needs from the environment.
 * @throws ConfigError naming every variable that is missing or wrong, what is allowed and how to fix it.
 */
export function readConfig<F extends FunctionName>(name: F, env: Environment = process.env): Config<F> {
  const all = Object.entries<FunctionSetting>(SETTINGS);
  const { values, problems } = readSettings(
    all.filter(([, { usedBy }]) => usedBy.includes(name)),
    env,
  );
  problems.push(...placeProblems(values), ...credentialProblems(name, env));
  if (problems.length > 0) throw new ConfigError(problems);
  return values as Config<F>;
}

/** The values that are good, and what is wrong with the others. */
export function readSettings(settings: readonly (readonly [string, Setting])[], env: Environment) {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [variable, setting] of settings) {
    const given = env[variable]?.trim() || setting.default;
    if (given === undefined) {
      problems.push(`${variable} is not set: ${setting.about}.`);
      continue;
    }
    const parsed = setting.schema.safeParse(given, { reportInput: true });
    if (parsed.success) values[variable] = parsed.data;
    else
      problems.push(`${variable} ${shown(setting, given, parsed.error)}: expected ${allowed(parsed.error)}.`);
  }
  return { values, problems };
}

/** Whether what stands in the place of a setting is more likely a credential, which is shown to nobody. */
export function looksLikeCredential(value: string): boolean {
  return CREDENTIAL.test(value);
}

function shown(setting: Setting, given: string, error: z.core.$ZodError): string {
  if (setting.secret || looksLikeCredential(given)) return '(value not shown) is not valid';
  const ofList = innermost(error).filter(({ path }) => path.length > 0);
  const wrong = [...new Set(ofList.map(({ input }) => String(input)))].filter((item) => item !== given);
  return wrong.length === 0 ? `is ${quoted(given)}` : `holds ${wrong.map(quoted).join(', ')}`;
}

function quoted(value: string): string {
  return JSON.stringify(value.slice(0, 80));
}

/**
 * A credential in the wrong variable is a mistake easily made: a password in a URL, a secret's JSON, or 32 characters
 * and more that no SID begins.
 */
const CREDENTIAL = new RegExp(String.raw`://[^/?#]*@|\{|\b(?!${sidSource()}\b)[0-9A-Za-z]{32,}`);

function allowed(error: z.core.$ZodError): string {
  return [...new Set(innermost(error).map(({ message }) => message))].join('; ');
}

/** What is wrong, and not only that no member of a union takes it. The first member is the empty value. */
function innermost({ issues }: Pick<z.core.$ZodError, 'issues'>): readonly z.core.$ZodIssue[] {
  return issues.flatMap((issue) =>
    issue.code === 'invalid_union'
      ? issue.errors.slice(1).flatMap((of) => innermost({ issues: of }))
      : [issue],
  );
}

/** Each for itself is good by now, or missing because it is not. */
function placeProblems({ TWILIO_EDGE: edge, TWILIO_REGION: region, ...values }: PlaceValues): string[] {
  if (!('TWILIO_API_URL' in values)) return [];
  const problem = placeProblem(edge, region);
  return problem === undefined ? [] : [problem];
}

interface PlaceValues extends Readonly<Record<string, unknown>> {
  readonly TWILIO_EDGE?: string;
  readonly TWILIO_REGION?: string;
}

/** In Lambda a plain credential would sit in the console, the template and every crash dump. */
function credentialProblems(name: FunctionName, env: Environment): string[] {
  const [secretId, ...plain] =
    name === 'receive'
      ? ['TWILIO_AUTH_TOKEN_SECRET_ID', 'TWILIO_AUTH_TOKEN']
      : ['TWILIO_API_KEY_SECRET_ID', 'TWILIO_API_KEY_SID', 'TWILIO_API_KEY_SECRET'];
  const set = (variable: string) => Boolean(env[variable]?.trim());
  if (runsInLambda(env)) {
    return [
      ...plain
        .filter(set)
        .map(
          (v) =>
            `${v} is set, and in Lambda plain credentials are refused: put it into Secrets Manager and set ${secretId}.`,
        ),
      ...(set(secretId) ? [] : [`${secretId} is not set: ${SETTINGS[secretId as Name].about}.`]),
    ];
  }
  return set(secretId) || plain.every(set)
    ? []
    : [`Set ${secretId}, or ${plain.join(' and ')} outside Lambda.`];
}

/** The rows of the tables in docs/settings.md, so that they cannot fall behind. */
export function describeSettings(
  settings: Readonly<Record<string, Setting>> = SETTINGS,
): readonly { name: string; default: string; about: string }[] {
  return Object.entries(settings).map(([name, setting]) => ({
    name,
    default: setting.default ?? 'required',
    about: setting.about,
  }));
}
