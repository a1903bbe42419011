import { parseApiKey, parseSigningKeys } from '../../lib/aws/parse-secret.ts';
import { MISUSED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import type { AwsStage } from '../stage/aws/aws-stage.ts';
import type { Stage } from '../stage/stage.ts';
import type { SecretName } from './secret-names.ts';

/** One of the two secrets of a stage. */
export interface StageSecret {
  readonly name: SecretName;
  /** By which Secrets Manager knows it. */
  readonly id: string;
  /** @throws SecretMalformedError */
  readonly parse: (text: string) => unknown;
}

export function secretOf({ settings }: Pick<Stage, 'settings'>, name: SecretName): StageSecret {
  return name === 'auth-token'
    ? { name, id: settings.receive['TWILIO_AUTH_TOKEN_SECRET_ID'] ?? '', parse: parseSigningKeys }
    : { name, id: settings.reply['TWILIO_API_KEY_SECRET_ID'] ?? '', parse: parseApiKey };
}

/** @throws CommandError for the local world, which keeps no secrets */
export function needAws({ aws }: Pick<Stage, 'aws'>): AwsStage {
  if (aws !== undefined) return aws;
  throw new CommandError(
    MISUSED,
    'The local world has no Secrets Manager: its credentials are its own, or those of its environment. Expected a stage in AWS, such as --stage prod.',
  );
}
