import { type Check, problem } from './finding.ts';

/** A stack on which another deployment is at work, or that one has left half done, takes none. */
export const stackState: Check = async ({ stackName, stacks }) => {
  const { status = '' } = stacks.find(({ name }) => name === stackName) ?? {};
  if (/_IN_PROGRESS$/.test(status)) {
    return [
      problem(`The stack ${stackName} is ${status}: another deployment is at work. Wait until it is done.`),
    ];
  }
  if (status === 'UPDATE_ROLLBACK_FAILED') {
    return [
      problem(
        `The stack ${stackName} is ${status}: an update failed, and so did taking it back. Look why in its events, then call aws cloudformation continue-update-rollback --stack-name ${stackName}.`,
      ),
    ];
  }
  if (status === 'ROLLBACK_COMPLETE' || status === 'ROLLBACK_FAILED' || status === 'DELETE_FAILED') {
    return [
      problem(
        `The stack ${stackName} is ${status}: nothing of it runs, and it takes no update. Remove it first: aws cloudformation delete-stack --stack-name ${stackName}.`,
      ),
    ];
  }
  return [];
};
