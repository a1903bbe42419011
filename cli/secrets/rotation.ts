import { PutSecretValueCommand, UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import { parseApiKey, parseSigningKeys } from '../../lib/aws/parse-secret.ts';
import { SecretMalformedError } from '../../lib/aws/secret-malformed-error.ts';
import { fetchAccount } from '../../lib/twilio/accounts.ts';
import { findService, unlessNone } from '../../lib/twilio/services.ts';
import { FAILED, MISUSED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { isForbidden } from '../doctor/is-forbidden.ts';
import type { Look } from '../doctor/look.ts';
import type { AwsStage } from '../stage/aws/aws-stage.ts';
import { describeSecret, readSecret } from '../stage/aws/read-secret.ts';
import { parleyLine } from '../stage/suggest.ts';
import { showUrl } from '../webhooks/show-url.ts';
import type { StageSecret } from './which-secret.ts';

/** One step of a rotation. Between any two of them every webhook and every reply is taken. */
export interface RotationStep {
  readonly order: string;
  readonly act: () => Promise<unknown>;
  /** What to do after it. */
  readonly next: string;
}

interface Rotating {
  readonly aws: AwsStage;
  readonly look: Look;
  readonly secret: StageSecret;
}

/**
 * An auth token is rotated in two steps, because Twilio promotes one in a single instant:
 *
 *   Twilio signs with   old ─────────────────────┬─ new ──────────────────────
 *                                            promote
 *   the secret holds    old   old + new (pending)    new + old (previous)
 *                          └ rotate                 └ rotate --finish
 *
 * @param text the new value, as somebody gave it
 * @throws CommandError where it is not what it should be, or Twilio does not take it
 */
export async function beginTokenRotation(
  { aws, look, secret }: Rotating,
  text: string,
): Promise<RotationStep> {
  const described = await describeSecret(aws.clients, secret.id);
  if (described?.versions['AWSPENDING'] !== undefined) {
    throw new CommandError(FAILED, `A rotation of ${secret.id} is under way: --finish it, or --abandon it.`);
  }
  const keys = parsed(() => parseSigningKeys(text));
  const known = await look.signingKeys();
  for (const key of keys.filter((one) => typeof one === 'string')) {
    if (known.includes(key) && keys.length === 1) {
      throw new CommandError(FAILED, `${secret.id} holds this token already: expected the new one.`);
    }
    await needTwilio(look, { sid: look.accountSid, secret: key });
  }
  return {
    order: `Store the new value of ${secret.id} as AWSPENDING.`,
    act: () => putVersion(aws, secret.id, text, 'AWSPENDING'),
    next: `In five minutes every function knows both. Then promote the token in Twilio's console, and: ${parleyLine('secrets rotate auth-token --finish', look.stage)}`,
  };
}

/** @throws CommandError where Twilio does not sign with the new one yet, or the webhook's address does not take it */
export async function finishTokenRotation({ aws, look, secret }: Rotating): Promise<RotationStep> {
  const described = await describeSecret(aws.clients, secret.id);
  const { AWSPENDING: pending, AWSCURRENT: current } = described?.versions ?? {};
  const text = await readSecret(aws.clients, secret.id, 'AWSPENDING');
  if (pending === undefined || text === undefined) {
    throw new CommandError(
      FAILED,
      `No rotation of ${secret.id} is under way: leave out --finish to begin one.`,
    );
  }
  const keys = parsed(() => parseSigningKeys(text));
  const tokens = keys.filter((key) => typeof key === 'string');
  const [key] = keys;
  const own = { sid: look.accountSid, secret: tokens[0] ?? '' };
  const account =
    tokens.length === 0
      ? undefined
      : await unlessNone(fetchAccount(look.stage.twilioAs(own, 'api'), own.sid));
  if (account?.auth_token !== undefined && !tokens.includes(account.auth_token)) {
    throw new CommandError(
      FAILED,
      "Twilio signs with the token before: promote the new one in Twilio's console first.",
    );
  }
  const { status } = await look.door.post(key);
  if (status !== 200) {
    throw new CommandError(
      FAILED,
      `${showUrl(look.door.url)} answered what the new token signs with ${status}: expected 200. Wait five minutes, then look with ${parleyLine('doctor', look.stage)}`,
    );
  }
  return {
    order: `Make the pending version of ${secret.id} the current one; the one before stays as AWSPREVIOUS.`,
    act: async () => {
      await moveLabel(aws, secret.id, 'AWSCURRENT', pending, current);
      await moveLabel(aws, secret.id, 'AWSPENDING', undefined, pending);
    },
    next: parleyLine('doctor', look.stage),
  };
}

/** Takes the new value back, while Twilio still signs with the one before. */
export async function abandonTokenRotation({ aws, look, secret }: Rotating): Promise<RotationStep> {
  const described = await describeSecret(aws.clients, secret.id);
  const pending = described?.versions['AWSPENDING'];
  if (pending === undefined) throw new CommandError(FAILED, `No rotation of ${secret.id} is under way.`);
  return {
    order: `Take the label AWSPENDING from ${secret.id}.`,
    act: () => moveLabel(aws, secret.id, 'AWSPENDING', undefined, pending),
    next: parleyLine('secrets check', look.stage),
  };
}

/** Of two API keys both are good until one is deleted, so one step is enough. */
export async function rotateApiKey({ aws, look, secret }: Rotating, text: string): Promise<RotationStep> {
  await needTwilio(
    look,
    parsed(() => parseApiKey(text)),
  );
  return {
    order: `Make the new API key the current version of ${secret.id}; the one before stays as AWSPREVIOUS.`,
    act: () => putVersion(aws, secret.id, text, 'AWSCURRENT'),
    next: `In ten minutes every function uses it. Then delete the old key in Twilio's console, and: ${parleyLine('doctor', look.stage)}`,
  };
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof SecretMalformedError)) throw error;
    throw new CommandError(MISUSED, `What was given cannot be used: ${error.message}`);
  }
}

async function needTwilio(
  { stage, serviceSids }: Look,
  key: Parameters<Look['stage']['twilioAs']>[0],
): Promise<void> {
  try {
    await findService(stage.twilioAs(key), serviceSids[0] ?? '');
  } catch (error) {
    if (!isForbidden(error)) throw error;
    throw new CommandError(FAILED, "Twilio does not take it: create it in Twilio's console first.");
  }
}

async function putVersion({ clients }: AwsStage, SecretId: string, SecretString: string, label: string) {
  await clients.secrets().send(new PutSecretValueCommand({ SecretId, SecretString, VersionStages: [label] }));
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html */
async function moveLabel(
  { clients }: AwsStage,
  SecretId: string,
  VersionStage: string,
  MoveToVersionId: string | undefined,
  RemoveFromVersionId: string | undefined,
): Promise<void> {
  await clients
    .secrets()
    .send(
      new UpdateSecretVersionStageCommand({ SecretId, VersionStage, MoveToVersionId, RemoveFromVersionId }),
    );
}
