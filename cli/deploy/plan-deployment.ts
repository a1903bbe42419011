import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Terminal } from '../command.ts';
import { FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import type { AwsAccount, StackSummary } from './aws-account.ts';
import type { StageAccess } from './deploy-options.ts';
import { type Deployed, readDeployed } from './deployed.ts';
import type { OpenedSettings } from './open-settings.ts';
import type { Planned } from './preflight/finding.ts';
import type { runDeployer } from './run-deployer.ts';
import { settingsOf } from './settings-of.ts';
import { deploymentOf, type Template } from './template.ts';

/** Where the package lies between the two runs of the deployment tool, so that what was looked at is what is deployed. */
export const PACKAGE = 'dist/deployment';

/**
 * Packages the stage and reads what runs now; nothing is changed yet.
 *
 * @throws CommandError when AWS does not answer, or the package cannot be made
 */
export async function planDeployment(
  { stage }: StageAccess,
  { names, place, region, environment }: OpenedSettings,
  aws: AwsAccount,
  terminal: Terminal & { readonly run: typeof runDeployer },
): Promise<Planned> {
  const stackName = `parley-${stage}`;
  const { stacks, deployed } = await readRunning(aws, stackName);
  const before = deployed === undefined ? undefined : deploymentOf(deployed.template);
  await terminal.run(
    ['package', '--stage', stage, '--region', region, '--package', PACKAGE],
    { ...environment, ...(before !== undefined && { DEPLOYED_BEFORE: before }) },
    terminal,
  );
  const file = join(terminal.cwd, PACKAGE, 'cloudformation-template-update-stack.json');
  const template = JSON.parse(await readFile(file, 'utf8')) as Template;
  const { rules: book } = await import('../../bot/rules.generated.ts');
  const settings = settingsOf(template, names);
  return { stage, stackName, place, template, settings, book, deployed, stacks, aws };
}

async function readRunning(
  aws: AwsAccount,
  stackName: string,
): Promise<{ readonly stacks: readonly StackSummary[]; readonly deployed: Deployed | undefined }> {
  try {
    const stacks = await aws.stacks();
    return { stacks, deployed: await readDeployed(aws, stacks, stackName) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    throw new CommandError(
      FAILED,
      `Not deployed: AWS does not show what runs now (${name}): ${message} Look at AWS_PROFILE or --profile, and at what its credentials may do.`,
      { cause: error },
    );
  }
}
