import { randomUUID } from 'node:crypto';
import { parseJson } from '../json.ts';
import type { Clock, ItemsOf, Key, KeysOf, Store, Versioned } from '../ports.ts';
import { awsEndpoint } from './aws-endpoint.ts';
import { AwsError } from './aws-error.ts';
import { type AwsOptions, type AwsService, createAwsCaller } from './call-aws.ts';

export interface DynamoStoreOptions {
  readonly tableName: string;
  readonly clock: Clock;
  /** Instead of what Lambda's environment says. */
  readonly client?: AwsOptions;
}

export const DYNAMODB: AwsService = {
  name: 'DynamoDB',
  signingName: 'dynamodb',
  target: 'DynamoDB_20120810',
  endpoint: (region, env) => awsEndpoint('dynamodb', region, env),
  retryDelayMs: 25,
  maxAttempts: 3,
  connectTimeoutMs: 300,
  answerTimeoutMs: 1_000,
  retryable: ['ReplicatedWriteConflictException'],
};

/** DynamoDB's name for a write that its condition kept from being made. */
const REFUSED = 'ConditionalCheckFailedException';

/** Of DynamoDB's types those that are used: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html */
type Item = Readonly<Record<string, { readonly S?: string | undefined; readonly N?: string | undefined }>>;

interface BatchOfItems {
  readonly Responses: Readonly<Record<string, readonly Item[]>>;
  readonly UnprocessedKeys: Readonly<Record<string, { readonly Keys: readonly Item[] }>>;
}

interface Page {
  readonly Items: readonly Item[];
  readonly LastEvaluatedKey: Item;
}

/** Waits before what DynamoDB left out of a batch is asked for again. */
const LEFT_OUT_MS = [50, 100, 200, 400];

/**
 * One DynamoDB table: `pk` and `sk`, `version` (N), `ttl` (N, seconds since the epoch), `data` (JSON) and `writer`.
 * DynamoDB may keep an expired item for days, so expiry is decided here:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ttl-expired-items.html
 *
 * A put whose answer was lost is sent again, and that fails on the condition that the first attempt itself changed.
 * `writer` is unique to each put, so a read tells our own write from somebody else's.
 *
 * Every method throws AwsError; what was to be written may have been written then.
 */
export function createStore({ tableName, clock, client }: DynamoStoreOptions): Store {
  const call = createAwsCaller(DYNAMODB, client);
  const process = randomUUID();
  let puts = 0;

  async function read(key: Key): Promise<Item | undefined> {
    const asked = { TableName: tableName, Key: attributes(key), ConsistentRead: true };
    return (await call<{ readonly Item: Item }>('GetItem', asked)).Item;
  }

  /** DynamoDB may leave items out of an answer that it had no capacity for, and names them. */
  async function readAll(keys: readonly Key[]): Promise<readonly Item[]> {
    const found: Item[] = [];
    let rest: readonly Item[] = keys.map(attributes);
    for (const wait of [...LEFT_OUT_MS, undefined]) {
      const asked = { [tableName]: { Keys: rest, ConsistentRead: true } };
      const { Responses, UnprocessedKeys } = await call<BatchOfItems>('BatchGetItem', {
        RequestItems: asked,
      });
      found.push(...(Responses?.[tableName] ?? []));
      rest = UnprocessedKeys?.[tableName]?.Keys ?? [];
      if (rest.length === 0) return found;
      if (wait !== undefined) await clock.sleep(wait);
    }
    throw new AwsError('DynamoDB BatchGetItem', Object.assign(new Error(), { name: 'UnprocessedKeys' }));
  }

  /** After a failure: whether the stored item is what this very put wrote. */
  async function applied(key: Key, writer: string): Promise<boolean> {
    return (await read(key))?.['writer']?.S === writer;
  }

  /** DynamoDB counts expired items too, and ends at a megabyte: one query need not be all that was asked for. */
  function query(pk: string, limit: number, from: Item | undefined): Promise<Partial<Page>> {
    return call<Page>('Query', {
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
      ConsistentRead: true,
      Limit: limit,
      ExclusiveStartKey: from,
    });
  }

  return {
    get: async <T>(key: Key) => {
      const item = await read(key);
      return item && live(parseItem<T>(item), clock.now());
    },

    getAll: async <T extends readonly unknown[]>(keys: KeysOf<T>) => {
      const items = await readAll(keys);
      return keys.map(({ pk, sk }) => {
        const item = items.find((found) => found['pk']?.S === pk && found['sk']?.S === sk);
        return item && live(parseItem(item), clock.now());
      }) as unknown as ItemsOf<T>;
    },

    put: async (key, { version, expiresAt, value }, expected) => {
      puts += 1;
      const writer = `${process}/${puts}`;
      const item: Item = {
        ...attributes(key),
        version: { N: String(version) },
        ttl: { N: String(expiresAt) },
        data: { S: JSON.stringify(value) },
        writer: { S: writer },
      };
      try {
        await call('PutItem', { TableName: tableName, Item: item, ...condition(expected, clock.now()) });
        return true;
      } catch (error) {
        const refused = isRefusal(error);
        // Refused at the first attempt: nothing of ours can have come before.
        if (refused && error.attempts === 1) return false;
        const ours = await applied(key, writer).catch(() => undefined);
        if (ours === true) return true;
        if (ours === false && refused) return false;
        throw error;
      }
    },

    list: async <T>(pk: string, limit: number, after?: string) => {
      const found: (readonly [Key, Versioned<T>])[] = [];
      let from: Item | undefined = after === undefined ? undefined : attributes({ pk, sk: after });
      do {
        const { Items = [], LastEvaluatedKey } = await query(pk, limit - found.length, from);
        for (const item of Items) {
          const read = live(parseItem<T>(item), clock.now());
          if (read !== undefined) found.push([{ pk, sk: item['sk']?.S ?? '' }, read]);
        }
        from = LastEvaluatedKey;
      } while (from !== undefined && found.length < limit);
      return found;
    },

    remove: async (key, expected) => {
      try {
        await call('DeleteItem', {
          TableName: tableName,
          Key: attributes(key),
          ConditionExpression: '#version = :expected',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':expected': { N: String(expected) } },
        });
      } catch (error) {
        if (!isRefusal(error)) throw error;
      }
    },
  };
}

function isRefusal(error: unknown): error is AwsError {
  return error instanceof AwsError && error.reason === REFUSED;
}

function attributes({ pk, sk }: Key): Item {
  return { pk: { S: pk }, sk: { S: sk } };
}

/** An expired item counts as absent. */
function condition(expected: number | undefined, now: number) {
  const seconds = { ':now': { N: String(Math.floor(now / 1000)) } };
  return expected === undefined
    ? {
        ConditionExpression: 'attribute_not_exists(pk) OR #ttl <= :now',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: seconds,
      }
    : {
        ConditionExpression: '#version = :expected AND #ttl > :now',
        ExpressionAttributeNames: { '#ttl': 'ttl', '#version': 'version' },
        ExpressionAttributeValues: { ...seconds, ':expected': { N: String(expected) } },
      };
}

export function parseItem<T>(item: Item): Versioned<T> {
  return {
    version: Number(item['version']?.N),
    expiresAt: Number(item['ttl']?.N),
    // What is not JSON is for whoever asked for it to refuse: the mode counts as off then.
    value: (parseJson(item['data']?.S ?? '') ?? null) as T,
  };
}

function live<T>(item: Versioned<T>, now: number): Versioned<T> | undefined {
  return item.expiresAt * 1000 <= now ? undefined : item;
}
