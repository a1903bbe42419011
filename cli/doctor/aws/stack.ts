import { DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { awsCheck, problem, warning } from '../check.ts';

export const stack = awsCheck({
  id: 'stack',
  what: 'The stack is whole: its last deployment ended well',
  why: 'After one that failed, part of what runs is of the version before, and the next may fail too.',
  run: async ({ clients, stackName }, { flags }) => {
    const { Stacks = [] } = await clients
      .cloudFormation()
      .send(new DescribeStacksCommand({ StackName: stackName }));
    const state = Stacks[0]?.StackStatus ?? 'unknown';
    const { StackResourceSummaries = [] } = await clients
      .cloudFormation()
      .send(new ListStackResourcesCommand({ StackName: stackName }));
    const failed = StackResourceSummaries.filter(({ ResourceStatus = '' }) => /FAILED/.test(ResourceStatus));
    const redeploy = `npm run deploy -- ${flags}`;
    return [
      ...stateFindings(state, redeploy),
      ...failed.map(({ LogicalResourceId, ResourceStatus }) =>
        problem(`Of the stack ${LogicalResourceId} is ${ResourceStatus}.`, redeploy),
      ),
    ];
  },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
function stateFindings(state: string, redeploy: string) {
  if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(state)) return [];
  if (/IN_PROGRESS$/.test(state)) {
    return [warning(`A deployment is under way: the stack is ${state}.`, 'npx parley status')];
  }
  return [problem(`The stack is ${state}.`, redeploy)];
}
