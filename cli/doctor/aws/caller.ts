import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { awsLine } from '../../stage/suggest.ts';
import { awsCheck, problem } from '../check.ts';

export const caller = awsCheck({
  id: 'caller',
  what: 'AWS knows who asks',
  why: 'Commands that change something leave an audit of who did it.',
  run: async ({ clients }, { stage }) => {
    const { Arn } = await clients.sts().send(new GetCallerIdentityCommand({}));
    return Arn === undefined
      ? [problem('AWS names nobody behind these credentials.', awsLine('sts get-caller-identity', stage))]
      : [];
  },
});
