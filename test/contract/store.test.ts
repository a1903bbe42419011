import { afterAll, beforeAll } from 'vitest';
import { createStore } from '../../lib/aws/store.ts';
import { type AwsLocal, startAwsLocal } from '../../local/lambda/aws-local.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { describeStore } from './store.contract.ts';

let aws: AwsLocal;
beforeAll(async () => {
  aws = await startAwsLocal();
});
afterAll(async () => {
  await aws.stop();
});

describeStore('memory', async (clock) => createMemoryStore({ clock }));

describeStore('DynamoDB', async (clock) =>
  createStore({ tableName: aws.tableName, clock, client: aws.clients.dynamodb }),
);
