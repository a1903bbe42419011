import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { LOOKS_KEY } from '../../lib/record/keys.ts';
import type { AwsLocal } from '../../local/lambda/aws-local.ts';

/** What a dead run of the reconciler held is free, as it is when the two minutes that a run may take are over. */
export async function endLease({
  clients,
  tableName,
}: Pick<AwsLocal, 'clients' | 'tableName'>): Promise<void> {
  const dynamodb = new DynamoDBClient(clients.dynamodb);
  try {
    const Key = { pk: { S: LOOKS_KEY.pk }, sk: { S: LOOKS_KEY.sk } };
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }),
    );
    if (Item === undefined) return;
    const data = { ...(JSON.parse(Item['data']?.S ?? '{}') as object), heldUntil: 0 };
    const free = { ...Item, data: { S: JSON.stringify(data) } };
    await dynamodb.send(new PutItemCommand({ TableName: tableName, Item: free }));
  } finally {
    dynamodb.destroy();
  }
}
