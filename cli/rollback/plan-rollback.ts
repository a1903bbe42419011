import { FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import type { AwsAccount } from '../deploy/aws-account.ts';
import { readDeployed } from '../deploy/deployed.ts';
import { rulesDifference } from '../deploy/rules-difference.ts';
import { type SettingChange, settingsDifference } from '../deploy/settings-difference.ts';
import { deployedSettings, givenTo, settingsOf } from '../deploy/settings-of.ts';
import { deploymentOf, functionsOf, type Template } from '../deploy/template.ts';
import type { AwsStage } from '../stage/aws/aws-stage.ts';
import type { Stage } from '../stage/stage.ts';
import { countUnreadable, type Unreadable } from './count-unreadable.ts';
import { deploymentIn, listDeployments, type PastDeployment, readTemplate } from './past-deployments.ts';

/** A rollback before it begins. */
export interface PlannedRollback {
  readonly target: PastDeployment;
  readonly template: Template;
  /** Of the running deployment and of the one to go back to, where they say it. */
  readonly commits: { readonly from?: string | undefined; readonly to?: string | undefined };
  readonly settings: readonly SettingChange[];
  readonly rules: readonly string[];
  readonly unreadable: Unreadable;
}

/**
 * @param to when the deployment was packaged, or how that begins. @default the one that ran before
 * @throws CommandError when it is not there, or another deployment is at work
 */
export async function planRollback(
  { name, table }: Pick<Stage, 'name' | 'table'>,
  aws: AwsStage,
  account: AwsAccount,
  to?: string,
): Promise<PlannedRollback> {
  const running = await readDeployed(account, await account.stacks(), aws.stackName);
  if (running === undefined)
    throw new CommandError(FAILED, `The stack ${aws.stackName} has no functions to roll back.`);
  if (running.stack.status.endsWith('_IN_PROGRESS')) {
    throw new CommandError(
      FAILED,
      `The stack ${aws.stackName} is ${running.stack.status}: another deployment is at work. Wait until it is done.`,
    );
  }
  const past = await listDeployments(aws, name);
  const target = findTarget(past, running.template, to);
  const template = await readTemplate(aws, target);
  const names = namesIn(template, running.template);
  const { parley: was } = running.template.Metadata ?? {};
  const { parley: becomes } = template.Metadata ?? {};
  const after = settingsOf(template, names);
  return {
    target,
    template,
    commits: { from: was?.commit, to: becomes?.commit },
    settings: settingsDifference(deployedSettings(running, names), after, becomes?.settings ?? after),
    rules: was === undefined || becomes === undefined ? [] : rulesDifference(was.rules, becomes.rules),
    unreadable: await countUnreadable(table, was?.reads, becomes?.reads),
  };
}

function findTarget(
  past: readonly PastDeployment[],
  running: Template,
  to: string | undefined,
): PastDeployment {
  const now = deploymentOf(running);
  const others = past.filter(({ folder }) => folder !== now);
  const listed =
    others.length === 0 ? 'There is none.' : `There are ${others.map(({ at }) => at).join(', ')}.`;
  if (to === undefined) {
    const before = running.Metadata?.parley?.before;
    if (before === undefined) {
      throw new CommandError(
        FAILED,
        `What runs does not say what ran before it: name one with --to. ${listed}`,
      );
    }
    if (others.some(({ folder }) => folder === before)) return deploymentIn(before);
    throw new CommandError(
      FAILED,
      `What ran before, ${deploymentIn(before).at}, is no longer in the bucket: name another one with --to. ${listed}`,
    );
  }
  const [found, ...more] = others.filter(({ at }) => at.startsWith(to));
  if (found !== undefined && more.length === 0) return found;
  const wrong =
    found === undefined ? 'is not a deployment that can be gone back to' : 'is the beginning of several';
  throw new CommandError(FAILED, `--to ${JSON.stringify(to)} ${wrong}. ${listed}`);
}

/** Settings that the target has, and those that the running one was given. */
function namesIn(target: Template, running: Template): readonly string[] {
  const ofFunctions = Object.values(functionsOf(target)).flatMap(({ environment }) =>
    Object.keys(environment),
  );
  const given = [...Object.keys(givenTo(target)), ...Object.keys(givenTo(running))];
  return [...new Set([...ofFunctions, ...given])].toSorted();
}
