import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { FunctionName } from '../../../lib/config.ts';
import { FUNCTION_NAMES } from '../../../lib/settings.ts';
import { readLogLine } from '../read-log-line.ts';
import type { LogLine, Logs, Span } from '../stage.ts';
import type { AwsClients } from './aws-clients.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export function awsLogs(clients: AwsClients, groupOf: (name: FunctionName) => string): Logs {
  async function ofFunction(
    name: FunctionName,
    word: string,
    { from, to, limit }: Span & { readonly limit: number },
  ): Promise<readonly LogLine[]> {
    const lines: LogLine[] = [];
    let nextToken: string | undefined;
    do {
      const page = await clients.logs().send(
        new FilterLogEventsCommand({
          logGroupName: groupOf(name),
          filterPattern: JSON.stringify(word),
          startTime: from,
          endTime: to,
          nextToken,
        }),
      );
      for (const { timestamp = 0, message = '' } of page.events ?? []) {
        const line = readLogLine(name, message, timestamp);
        if (line !== undefined) lines.push(line);
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined && lines.length < limit);
    return lines;
  }
  return {
    find: async (word, span) => {
      const all = await Promise.all(FUNCTION_NAMES.map((name) => ofFunction(name, word, span)));
      return all
        .flat()
        .toSorted((a, b) => a.at - b.at)
        .slice(0, span.limit);
    },
  };
}
