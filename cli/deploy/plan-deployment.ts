import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadRules } from '../../build/load-rules.ts';
import { RulesError } from '../../lib/rules/compile/rules-error.ts';
import type { RuleBook } from '../../lib/rules/types.ts';
import { FAILED, type Terminal } from '../command.ts';
import { CommandError } from '../command-error.ts';
import type { AwsAccount, StackSummary } from './aws-account.ts';
import type { StageAccess } from './deploy-options.ts';
import { type Deployed, readDeployed } from './deployed.ts';
import type { OpenedSettings } from './open-settings.ts';
import type { Planned } from './preflight/finding.ts';
import type { Tool } from './run-tool.ts';
import { settingsOf } from './settings-of.ts';
import { deploymentOf, type Template } from './template.ts';

/** Where the package lies between the two runs of the deployment tool, so that what was looked at is what is deployed. */
export const PACKAGE = 'dist/deployment';

/** What a deployment has done for it. */
export interface Tools {
  readonly build: Tool;
  readonly deployer: Tool;
}

/**
 * Reads what runs now, then builds and packages the stage; nothing in AWS is changed yet.
 *
 * @throws CommandError when AWS does not answer, or the package cannot be made
 */
export async function planDeployment(
  given: StageAccess,
  { names, place, region, environment }: OpenedSettings,
  aws: AwsAccount,
  { build, deployer }: Tools,
  terminal: Terminal,
): Promise<Planned> {
  const { stage } = given;
  const stackName = `parley-${stage}`;
  const { stacks, deployed } = await readRunning(aws, stackName);
  const before = deployed === undefined ? undefined : deploymentOf(deployed.template);
  await build([], { ...environment, STAGE: stage }, terminal);
  await deployer(
    ['package', '--stage', stage, '--region', region, '--package', PACKAGE],
    { ...environment, ...(before !== undefined && { DEPLOYED_BEFORE: before }) },
    terminal,
  );
  const file = join(terminal.cwd, PACKAGE, 'cloudformation-template-update-stack.json');
  const template = JSON.parse(await readFile(file, 'utf8')) as Template;
  const book = await readBook(terminal.cwd, stage);
  const settings = settingsOf(template, names);
  return { stage, given, stackName, place, template, settings, book, deployed, stacks, aws };
}

/** @throws RulesError only where they have changed since they were built */
async function readBook(folder: string, stage: string): Promise<RuleBook> {
  const shown = 'bot/rules.yaml';
  const compiled = await loadRules(join(folder, shown), shown, undefined, stage);
  if (!compiled.ok) throw new RulesError(compiled.problems);
  return compiled.book;
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
    if (name === 'CredentialsProviderError')
      throw new CommandError(
        FAILED,
        'Not deployed: there are no AWS credentials. Set AWS_PROFILE or give --profile, and log in.',
        { cause: error },
      );
    throw new CommandError(
      FAILED,
      `Not deployed: AWS does not show what runs now (${name}): ${message.replace(/\.?$/, '.')} Look at AWS_PROFILE or --profile, and at what its credentials may do.`,
      { cause: error },
    );
  }
}
