import type { AccessRequest } from './evaluate-policy.ts';

/** Where the parts of the stack are, and what they are encrypted with. */
export interface Grounds {
  readonly region: string;
  readonly account: string;
  /** Of queue, table and secrets alike; absent where AWS's own keys do. */
  readonly kmsKeyArn?: string | undefined;
}

interface Body {
  readonly QueueUrl?: string;
  readonly SecretId?: string;
  readonly TableName?: string;
  readonly Key?: Item;
  readonly Item?: Item;
  readonly RequestItems?: Readonly<Record<string, { readonly Keys?: readonly Item[] }>>;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, { readonly S?: string }>>;
}
type Item = Readonly<Record<string, { readonly S?: string }>>;

/**
 * What each call of ours needs, a row a call: its action, and what SQS asks of the key for it. The table's and the
 * secrets' are decrypted for all calls.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
const CALLS: Readonly<Record<string, readonly [action: string, ...keyActions: string[]]>> = {
  'AmazonSQS.SendMessage': ['sqs:SendMessage', 'kms:GenerateDataKey', 'kms:Decrypt'],
  'AmazonSQS.SendMessageBatch': ['sqs:SendMessage', 'kms:GenerateDataKey', 'kms:Decrypt'],
  'AmazonSQS.ReceiveMessage': ['sqs:ReceiveMessage', 'kms:Decrypt'],
  'AmazonSQS.DeleteMessage': ['sqs:DeleteMessage'],
  'AmazonSQS.DeleteMessageBatch': ['sqs:DeleteMessage'],
  'AmazonSQS.ChangeMessageVisibility': ['sqs:ChangeMessageVisibility'],
  'AmazonSQS.GetQueueAttributes': ['sqs:GetQueueAttributes'],
  'DynamoDB_20120810.GetItem': ['dynamodb:GetItem', 'kms:Decrypt'],
  'DynamoDB_20120810.BatchGetItem': ['dynamodb:BatchGetItem', 'kms:Decrypt'],
  'DynamoDB_20120810.PutItem': ['dynamodb:PutItem', 'kms:Decrypt'],
  'DynamoDB_20120810.UpdateItem': ['dynamodb:UpdateItem', 'kms:Decrypt'],
  'DynamoDB_20120810.DeleteItem': ['dynamodb:DeleteItem', 'kms:Decrypt'],
  'DynamoDB_20120810.Query': ['dynamodb:Query', 'kms:Decrypt'],
  'secretsmanager.GetSecretValue': ['secretsmanager:GetSecretValue', 'kms:Decrypt'],
};

/**
 * What a call asks of IAM: its own action, and those of the key, which the service makes in the caller's name.
 * @param target X-Amz-Target
 * @throws Error for a call that is not in the table above.
 */
export function accessRequests(target: string, body: Body, grounds: Grounds): readonly AccessRequest[] {
  const [action = '', ...keyActions] = CALLS[target] ?? [];
  if (action === '')
    throw new Error(`${target} is not known here: add it to test/support/rights/access-requests.ts.`);
  const { resource, context, keyContext } = describeCall(action, body, grounds);
  const { region, kmsKeyArn } = grounds;
  const viaService = [`${action.slice(0, action.indexOf(':'))}.${region}.amazonaws.com`];
  return [
    { action, resource, context },
    ...(kmsKeyArn === undefined ? [] : keyActions).map((keyAction) => ({
      action: keyAction,
      resource: kmsKeyArn ?? '',
      context: { 'kms:ViaService': viaService, ...keyContext },
    })),
  ];
}

interface Described {
  readonly resource: string;
  readonly context: Readonly<Record<string, readonly string[]>>;
  readonly keyContext: Readonly<Record<string, readonly string[]>>;
}

function describeCall(action: string, body: Body, { region, account }: Grounds): Described {
  const arn = (service: string, name: string) => `arn:aws:${service}:${region}:${account}:${name}`;
  if (action.startsWith('sqs:')) {
    return { resource: arn('sqs', body.QueueUrl?.split('/').at(-1) ?? ''), context: {}, keyContext: {} };
  }
  if (action.startsWith('secretsmanager:')) {
    const resource = arn('secretsmanager', `secret:${body.SecretId}-AbCdEf`);
    return { resource, context: {}, keyContext: { 'kms:EncryptionContext:SecretARN': [resource] } };
  }
  const table = body.TableName ?? Object.keys(body.RequestItems ?? {})[0] ?? '';
  return {
    resource: arn('dynamodb', `table/${table}`),
    context: { 'dynamodb:LeadingKeys': leadingKeys(body) },
    keyContext: { 'kms:EncryptionContext:aws:dynamodb:tableName': [table] },
  };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html */
function leadingKeys(body: Body): readonly string[] {
  const items = [
    body.Key,
    body.Item,
    ...Object.values(body.RequestItems ?? {}).flatMap(({ Keys = [] }) => Keys),
  ];
  const name = (alias: string) => body.ExpressionAttributeNames?.[alias] ?? alias;
  const conditions = [...(body.KeyConditionExpression ?? '').matchAll(/([#\w]+)\s*=\s*(:\w+)/g)];
  const asked = conditions
    .filter(([, alias = '']) => name(alias) === 'pk')
    .map(([, , value = '']) => body.ExpressionAttributeValues?.[value]?.S);
  return [...items.map((item) => item?.['pk']?.S), ...asked].filter((key) => key !== undefined);
}
