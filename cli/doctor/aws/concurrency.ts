import { GetAccountSettingsCommand, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { mostReplies } from '../../stage/most-replies.ts';
import { awsLine } from '../../stage/suggest.ts';
import { awsCheck, problem } from '../check.ts';

export const concurrency = awsCheck({
  id: 'concurrency',
  what: 'The account runs enough functions at once that replies leave some for webhooks',
  why: 'Reply would starve receive, and a webhook that is throttled is lost: Twilio does not repeat it.',
  run: async ({ clients, functionName }, { stage }) => {
    const lambda = clients.lambda();
    const [{ AccountLimit }, { EventSourceMappings = [] }] = await Promise.all([
      lambda.send(new GetAccountSettingsCommand({})),
      lambda.send(new ListEventSourceMappingsCommand({ FunctionName: functionName('reply') })),
    ]);
    const limit = AccountLimit?.ConcurrentExecutions ?? 0;
    const replies = EventSourceMappings[0]?.ScalingConfig?.MaximumConcurrency ?? limit;
    if (replies <= mostReplies(limit)) return [];
    return [
      problem(
        `The account runs ${limit} functions at once, and replies may take ${replies} of them: expected at most ${mostReplies(limit)} (MAX_CONCURRENCY).`,
        awsLine(
          'service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000',
          stage,
        ),
      ),
    ];
  },
});
