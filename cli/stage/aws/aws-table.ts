import { type AttributeValue, ScanCommand } from '@aws-sdk/client-dynamodb';
import { createStore, parseItem } from '../../../lib/aws/store.ts';
import type { Clock } from '../../../lib/ports.ts';
import type { Table } from '../stage.ts';
import { type AwsClients, asFunctionsTake } from './aws-clients.ts';

/** The table as the functions use it, and all of it. */
export function awsTable(clients: AwsClients, tableName: string, clock: Clock): Table {
  return {
    ...createStore({ tableName, clock, client: asFunctionsTake(clients.dynamodb()) }),
    async *scan() {
      let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await clients
          .dynamodb()
          .send(new ScanCommand({ TableName: tableName, ConsistentRead: true, ExclusiveStartKey }));
        for (const item of Items) {
          const read = parseItem<unknown>(item);
          const key = { pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '' };
          if (read.expiresAt * 1000 > clock.now()) yield [key, read];
        }
        ExclusiveStartKey = LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
    },
  };
}
