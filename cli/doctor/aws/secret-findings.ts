import { SecretMalformedError } from '../../../lib/aws/secret-malformed-error.ts';
import type { AwsStage } from '../../stage/aws/aws-stage.ts';
import { readSecret } from '../../stage/aws/read-secret.ts';
import { awsLine, parleyLine } from '../../stage/suggest.ts';
import { type Finding, problem } from '../check.ts';
import type { Look } from '../look.ts';

export interface LookedSecret {
  readonly secretId: string;
  /** @throws SecretMalformedError */
  readonly parse: (text: string) => unknown;
  /** How `parley secrets rotate` calls it. */
  readonly which: 'auth-token' | 'api-key';
}

/** What it holds is looked at, and said to nobody. */
export async function secretFindings(
  { clients }: AwsStage,
  { stage }: Look,
  { secretId, parse, which }: LookedSecret,
): Promise<readonly Finding[]> {
  const text = await readSecret(clients, secretId);
  const fix = parleyLine(`secrets rotate ${which}`, stage);
  if (text === undefined) {
    const create = awsLine(
      `secretsmanager create-secret --name ${secretId} --secret-string file:///dev/stdin`,
      stage,
    );
    return [problem(`There is no secret ${secretId}, or it has no current version.`, create)];
  }
  try {
    parse(text);
    return [];
  } catch (error) {
    if (!(error instanceof SecretMalformedError)) throw error;
    return [problem(`The secret ${secretId} cannot be used: ${error.message}`, fix)];
  }
}
