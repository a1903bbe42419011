import type { RuleBook } from '../../../lib/rules/types.ts';
import type { AwsAccount, StackSummary } from '../aws-account.ts';
import type { StageAccess } from '../deploy-options.ts';
import type { Deployed } from '../deployed.ts';
import type { Settings } from '../settings-of.ts';
import type { Template } from '../template.ts';

/** What a deployment should know before it begins. A problem keeps it from beginning. */
export interface Finding {
  readonly severity: 'problem' | 'note';
  /** What was found, why it matters, and how to fix it. */
  readonly says: string;
}

/** A deployment that is about to begin. */
export interface Planned {
  readonly stage: string;
  /** How commands find it. */
  readonly given: StageAccess;
  readonly stackName: string;
  /** Where somebody sets a setting: `stages/prod.env`, or the environment where the stage has no file. */
  readonly place: string;
  readonly template: Template;
  readonly settings: Settings;
  readonly book: RuleBook;
  readonly deployed: Deployed | undefined;
  /** Every stack of the account in the region. */
  readonly stacks: readonly StackSummary[];
  readonly aws: AwsAccount;
}

/** One thing to look at; one file each. What it cannot look at it throws. */
export type Check = (planned: Planned) => Promise<readonly Finding[]>;

export function problem(says: string): Finding {
  return { severity: 'problem', says };
}

export function note(says: string): Finding {
  return { severity: 'note', says };
}

/** Whether the bot would speak. */
export function isLive({ settings }: Pick<Planned, 'settings'>): boolean {
  return settings['BOT_MODE'] === 'live';
}
