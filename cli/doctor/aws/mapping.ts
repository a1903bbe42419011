import { ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { awsLine, deployLine } from '../../stage/suggest.ts';
import { awsCheck, problem } from '../check.ts';

export const mapping = awsCheck({
  id: 'mapping',
  what: 'The queue is read: one mapping, on, by one message at a time, and failures are reported one by one',
  why: 'Without it nobody is answered; without ReportBatchItemFailures a failed event counts as done.',
  run: async ({ clients, functionName }, { stage }) => {
    const redeploy = deployLine(stage);
    const { EventSourceMappings = [] } = await clients
      .lambda()
      .send(new ListEventSourceMappingsCommand({ FunctionName: functionName('reply') }));
    const [one, ...others] = EventSourceMappings;
    if (one === undefined) return [problem('Nothing hands the queue to reply.', redeploy)];
    const { State = '', UUID, BatchSize, FunctionResponseTypes = [] } = one;
    return [
      ...(others.length === 0
        ? []
        : [problem(`${others.length + 1} mappings lead to reply: expected one.`, redeploy)]),
      ...(/^Enabl/.test(State)
        ? []
        : [
            problem(
              `The mapping of the queue is ${State}: expected Enabled.`,
              awsLine(`lambda update-event-source-mapping --uuid ${UUID} --enabled`, stage),
            ),
          ]),
      ...(FunctionResponseTypes.includes('ReportBatchItemFailures')
        ? []
        : [problem('The mapping does not take ReportBatchItemFailures.', redeploy)]),
      ...(BatchSize === 1
        ? []
        : [problem(`The mapping hands over ${BatchSize} messages at once: expected 1.`, redeploy)]),
    ];
  },
});
