import type { AwsStage } from '../stage/aws/aws-stage.ts';
import type { Look } from './look.ts';

/** One thing that the doctor looks at; one file each. */
export interface Check {
  /** By which findings are named, in `--json` too: never changed. */
  readonly id: string;
  /** What is so where all is well, in one line. */
  readonly what: string;
  /** What happens where it is not. */
  readonly why: string;
  /** Left out for the local world, which has no such thing. */
  readonly onlyAws?: true;
  /**
   * @returns nothing where all is well
   * @throws what AWS, Twilio or the network throws; look-at.ts says what that means
   */
  readonly run: (look: Look) => Promise<readonly Finding[]>;
}

export interface Finding {
  /** `problem`: customers notice, or will. `warning`: worth a look. `unseen`: nobody can say from here. */
  readonly grade: 'problem' | 'warning' | 'unseen';
  /** What was found. No address, name, text or secret. */
  readonly says: string;
  /** The command that fixes it, or the next one to run. */
  readonly fix?: string;
  /** What `--fix` does, where that can hurt nobody. */
  readonly repair?: Repair;
}

export interface Repair {
  /** As an order: `Set the events of IS… to …` */
  readonly order: string;
  readonly act: () => Promise<void>;
}

export const problem = (says: string, fix: string, repair?: Repair): Finding => ({
  grade: 'problem',
  says,
  fix,
  ...(repair && { repair }),
});

export const warning = (says: string, fix: string, repair?: Repair): Finding => ({
  ...problem(says, fix, repair),
  grade: 'warning',
});

export const unseen = (says: string): Finding => ({ grade: 'unseen', says });

/** A check of what only AWS has. */
export function awsCheck(
  check: Omit<Check, 'run' | 'onlyAws'> & {
    readonly run: (aws: AwsStage, look: Look) => Promise<readonly Finding[]>;
  },
): Check {
  return {
    ...check,
    onlyAws: true,
    run: async (look) => (look.stage.aws === undefined ? [] : check.run(look.stage.aws, look)),
  };
}
