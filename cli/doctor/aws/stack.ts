import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { deployedCommit } from '../../stage/aws/deployed-commit.ts';
import { deployLine, parleyLine } from '../../stage/suggest.ts';
import { awsCheck, problem, warning } from '../check.ts';

export const stack = awsCheck({
  id: 'stack',
  what: 'The stack is whole: its last deployment ended well, and is of this commit where it is known',
  why: 'After one that failed, part of what runs is of the version before; and rules and templates are looked at as this folder has them.',
  run: async (aws, { stage, cwd, stackResources }) => {
    const [{ Stacks = [] }, resources, deployed, here] = await Promise.all([
      aws.clients.cloudFormation().send(new DescribeStacksCommand({ StackName: aws.stackName })),
      stackResources(),
      deployedCommit(aws),
      commitHere(cwd),
    ]);
    const failed = resources.filter(({ ResourceStatus = '' }) => /FAILED/.test(ResourceStatus));
    const redeploy = deployLine(stage);
    const isOther = deployed !== undefined && here !== undefined && !deployed.startsWith(here);
    return [
      ...stateFindings(Stacks[0]?.StackStatus ?? 'unknown', redeploy, parleyLine('status', stage)),
      ...failed.map(({ LogicalResourceId, ResourceStatus }) =>
        problem(`Of the stack ${LogicalResourceId} is ${ResourceStatus}.`, redeploy),
      ),
      ...(isOther
        ? [warning(`What runs is of the commit ${deployed}, and this folder is at ${here}.`, redeploy)]
        : []),
    ];
  },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
function stateFindings(state: string, redeploy: string, status: string) {
  if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(state)) return [];
  if (/IN_PROGRESS$/.test(state)) {
    return [warning(`A deployment is under way: the stack is ${state}.`, status)];
  }
  return [problem(`The stack is ${state}.`, redeploy)];
}

/** As build/note-deployment.ts writes it; undefined in a folder without git. */
async function commitHere(cwd: string): Promise<string | undefined> {
  const git = promisify(execFile)('git', ['rev-parse', '--short=12', 'HEAD'], { cwd });
  const { stdout } = await git.catch(() => ({ stdout: '' }));
  return stdout.trim() || undefined;
}
