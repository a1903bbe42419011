import { parseApiKey, parseSigningKeys } from '../../../lib/aws/parse-secret.ts';
import { SecretMalformedError } from '../../../lib/aws/secret-malformed-error.ts';
import type { AwsAccount } from '../aws-account.ts';
import { type Check, type Finding, type Planned, problem } from './finding.ts';

interface NeededSecret {
  readonly setting: string;
  /** Under which the version before looked for it, in every stage. */
  readonly oldName: string;
  readonly parse: (text: string) => unknown;
}

const NEEDED: readonly NeededSecret[] = [
  {
    setting: 'TWILIO_AUTH_TOKEN_SECRET_ID',
    oldName: 'parley/twilio-auth-token',
    parse: parseSigningKeys,
  },
  { setting: 'TWILIO_API_KEY_SECRET_ID', oldName: 'parley/twilio-api-key', parse: parseApiKey },
];

/** Both secrets exist, and hold what they should. What they hold is shown to nobody. */
export const secrets: Check = async (planned) => {
  const looked = await Promise.all(NEEDED.map((secret) => lookAt(secret, planned)));
  return looked.flat();
};

async function lookAt(secret: NeededSecret, planned: Planned): Promise<readonly Finding[]> {
  const id = planned.settings[secret.setting] ?? '';
  const text = await planned.aws.secret(id);
  if (text === undefined) return [problem(await whatToDo(secret, id, planned))];
  try {
    secret.parse(text);
    return [];
  } catch (error) {
    if (!(error instanceof SecretMalformedError)) throw error;
    return [problem(`The secret ${id} cannot be used: ${error.message}`)];
  }
}

/** Nothing is changed by then, so a bot that runs under another name goes on reading it. */
async function whatToDo(
  { setting, oldName }: NeededSecret,
  id: string,
  { aws, deployed, place }: Planned,
): Promise<string> {
  const other = await otherName(aws, [readNow(deployed, setting), oldName], id);
  if (other === undefined) {
    return `There is no secret ${id}. Create it (docs/deploying.md, "two secrets"), or name another one by ${setting} in ${place}.`;
  }
  return `There is no secret ${id}, and there is one under the name ${other}${deployed === undefined ? '' : ', which the bot that runs now goes on reading'}. Keep that name with ${setting}=${other} in ${place}, or copy it: aws secretsmanager create-secret --name ${id} --secret-string "$(aws secretsmanager get-secret-value --secret-id ${other} --query SecretString --output text)".`;
}

function readNow(deployed: Planned['deployed'], setting: string): string | undefined {
  return Object.values(deployed?.environments ?? {}).find((environment) => environment[setting])?.[setting];
}

async function otherName(
  aws: AwsAccount,
  names: readonly (string | undefined)[],
  id: string,
): Promise<string | undefined> {
  for (const name of new Set(names)) {
    if (name !== undefined && name !== id && (await aws.secret(name)) !== undefined) return name;
  }
  return undefined;
}
