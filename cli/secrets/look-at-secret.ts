import { SecretMalformedError } from '../../lib/aws/secret-malformed-error.ts';
import { type Finding, problem, warning } from '../doctor/check.ts';
import type { AwsStage } from '../stage/aws/aws-stage.ts';
import { describeSecret, readSecret } from '../stage/aws/read-secret.ts';
import type { Stage } from '../stage/stage.ts';
import { parleyLine } from '../stage/suggest.ts';
import type { StageSecret } from './which-secret.ts';

/** A version of a secret, and no word of what it holds. */
export interface SecretVersion {
  /** `AWSCURRENT`, `AWSPENDING` or `AWSPREVIOUS`. */
  readonly label: string;
  readonly isWellFormed: boolean;
}

export interface SecretLook {
  readonly secret: string;
  readonly id: string;
  readonly versions: readonly SecretVersion[];
  /** Since it was last changed. */
  readonly days: number | undefined;
  readonly findings: readonly Finding[];
}

const DAY_MS = 86_400_000;
/** Longer than a rotation takes. */
const PENDING_DAYS = 1;
const OLD_DAYS = 365;

export async function lookAtSecret(
  { clients }: AwsStage,
  { name, id, parse }: StageSecret,
  stage: Pick<Stage, 'clock' | 'given'>,
): Promise<SecretLook> {
  const described = await describeSecret(clients, id);
  const labels = Object.keys(described?.versions ?? {}).toSorted();
  const versions = await Promise.all(
    labels.map(async (label) => ({
      label,
      isWellFormed: isWellFormed(parse, (await readSecret(clients, id, label)) ?? ''),
    })),
  );
  const changedAt = described?.changedAt;
  const days = changedAt === undefined ? undefined : Math.floor((stage.clock.now() - changedAt) / DAY_MS);
  const rotate = parleyLine(`secrets rotate ${name}`, stage);
  const bad = versions.filter((one) => !one.isWellFormed);
  const isPending = labels.includes('AWSPENDING');
  const findings = [
    ...(labels.includes('AWSCURRENT')
      ? []
      : [problem(`${id} is not there, or has no current version.`, rotate)]),
    ...bad.map(({ label }) =>
      (label === 'AWSCURRENT' ? problem : warning)(`${label} of ${id} does not hold what it should.`, rotate),
    ),
    ...(isPending && (days ?? 0) >= PENDING_DAYS
      ? [warning(`A rotation of ${id} has not been finished for ${days} days.`, `${rotate} --finish`)]
      : []),
    ...((days ?? 0) > OLD_DAYS ? [warning(`${id} was last changed ${days} days ago.`, rotate)] : []),
  ];
  return { secret: name, id, versions, days, findings };
}

export function isWellFormed(parse: (text: string) => unknown, text: string): boolean {
  try {
    parse(text);
    return true;
  } catch (error) {
    if (error instanceof SecretMalformedError) return false;
    throw error;
  }
}
