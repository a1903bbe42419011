import { systemClock } from '../../lib/clock.ts';
import { DONE, defineCommand, FAILED, type Group, type Terminal } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { flag } from '../option.ts';
import { parley } from '../parley.ts';
import { plural } from '../plural.ts';
import { runScript } from '../run-script.ts';
import { createAwsClients } from '../stage/aws/aws-clients.ts';
import { stageOptions } from '../stage/stage-options.ts';
import { type AwsAccount, createAwsAccount } from './aws-account.ts';
import { callDoctor } from './call-doctor.ts';
import { confirm } from './confirm.ts';
import { deployOptions, type StageAccess } from './deploy-options.ts';
import { findAll } from './find-all.ts';
import { nextSteps } from './next-steps.ts';
import { type OpenedSettings, openSettings } from './open-settings.ts';
import { PACKAGE, planDeployment, type Tools } from './plan-deployment.ts';
import type { Finding } from './preflight/finding.ts';
import { runBuild, runDeployer, type Tool } from './run-tool.ts';
import { tellChanges } from './tell-changes.ts';

interface DeployParts extends Tools {
  /** Among which the doctor is. */
  readonly commands: Group;
}

/** `npm run deploy`: docs/deploying.md */
export const createDeploy = (parts: DeployParts) =>
  defineCommand({
    name: 'npm run deploy --',
    summary: 'Deploy the bot, and say before what is in the way and what would change.',
    options: {
      ...deployOptions,
      profile: stageOptions.profile,
      yes: flag('do not ask where a setting falls back to its default, or the stage has no file'),
    },
    examples: [
      ['npm run deploy -- --stage prod', 'with the settings of stages/prod.env'],
      ['npm run deploy -- --stage prod --yes', 'in a pipeline, where nobody can be asked'],
    ],
    exits: {
      done: 'it is deployed, whatever the doctor finds then',
      failed: 'something is in the way, nobody agreed, or CloudFormation took it back',
    },
    run: async (values, terminal) => {
      const opened = await openSettings(values, process.env, terminal);
      const access = { ...values, region: opened.region };
      const clients = createAwsClients(access);
      try {
        await deployStage(access, opened, createAwsAccount(clients), parts, terminal);
      } finally {
        clients.destroy();
      }
      await callDoctor(access, parts.commands, terminal);
      return DONE;
    },
  });

interface DeployAccess extends StageAccess {
  readonly yes: boolean;
}

async function deployStage(
  access: DeployAccess,
  opened: OpenedSettings,
  aws: AwsAccount,
  tools: Tools,
  terminal: Terminal,
): Promise<void> {
  const planned = await planDeployment(access, opened, aws, tools, terminal);
  tellFindings(await findAll(planned, opened), terminal);
  const question = tellChanges(planned, opened, terminal);
  if (question !== undefined) await confirm(question, access.yes, terminal);
  const began = systemClock.now();
  await update(access.stage, opened, tools.deployer, terminal);
  const seconds = Math.round((systemClock.now() - began) / 1000);
  const stack = (await aws.stacks()).find(({ name }) => name === planned.stackName);
  const webhookUrl = opened.given['PUBLIC_URL'] ?? stack?.outputs['WebhookUrl'] ?? '';
  terminal.out(`\nDeployed ${planned.stackName} in ${seconds} s.`);
  for (const line of nextSteps(planned, webhookUrl)) terminal.out(line);
}

/** @throws CommandError where one of them is a problem */
function tellFindings(findings: readonly Finding[], { err }: Pick<Terminal, 'err'>): void {
  const problems = findings.filter(({ severity }) => severity === 'problem');
  for (const { severity, says } of findings) err(`${severity === 'problem' ? '✖' : '!'} ${says}`);
  if (problems.length > 0) {
    throw new CommandError(
      FAILED,
      `Not deployed: ${plural(problems.length, 'problem')}. Nothing was changed.`,
    );
  }
}

/** `--force`, because after a rollback the tool takes the newest package in its bucket for what runs, and does nothing. */
async function update(
  stage: string,
  { region, environment }: OpenedSettings,
  deployer: Tool,
  terminal: Terminal,
): Promise<void> {
  const how = ['--package', PACKAGE, '--force', '--verbose'];
  try {
    await deployer(['deploy', '--stage', stage, '--region', region, ...how], environment, terminal);
  } catch (error) {
    terminal.err(
      'CloudFormation takes back what it had begun: what ran before runs on, and the next try starts afresh.',
    );
    throw error;
  }
}

if (import.meta.main)
  await runScript(createDeploy({ build: runBuild, deployer: runDeployer, commands: parley }));
