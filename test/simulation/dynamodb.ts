import type { AwsOptions } from '../../lib/aws/call-aws.ts';
import type { SendRequest } from '../../lib/aws/send-request.ts';
import type { Clock, Random } from '../../lib/ports.ts';

/**
 * DynamoDB as one table in memory, behind the signed requests of lib/aws/call-aws.ts. A read that does not ask to be consistent may get what was there a moment ago, as at AWS:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html
 *
 * It knows the operations and the few operators that the store uses, and fails over any other.
 */
export interface SimulatedDynamoDb {
  readonly client: AwsOptions;
  /** Everything in the table, as it truly is. */
  rows(): readonly Item[];
  /** Reads that did not ask for what is there now. */
  inconsistentReads(): number;
}

export type Item = Readonly<Record<string, Attribute>>;
type Attribute = { readonly S: string } | { readonly N: string };

interface Version {
  readonly since: number;
  /** undefined: removed. */
  readonly item: Item | undefined;
}

/** Of one table what a batch asks for. */
interface BatchInput extends Pick<Input, 'ConsistentRead'> {
  readonly Keys: readonly Item[];
}

interface Input {
  readonly RequestItems?: Readonly<Record<string, BatchInput>>;
  readonly Key?: Item;
  readonly Item?: Item;
  readonly ConsistentRead?: boolean;
  readonly Limit?: number;
  readonly KeyConditionExpression?: string;
  readonly ExclusiveStartKey?: Item;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, Attribute>>;
}

/** How far behind a read may be, in milliseconds; most are not at all. */
const LAG_MS = 3_000;
const LAGS = 0.5;
/** How much of a batch DynamoDB has no capacity for. */
const LEFT_OUT = 0.05;
/** As many versions of an item as could be read. */
const VERSIONS_KEPT = 16;

/** @param given what is in it at first */
export function createDynamoDb(
  clock: Pick<Clock, 'now'>,
  random: Random,
  given: readonly Item[] = [],
): SimulatedDynamoDb {
  const versions = new Map<string, Version[]>(given.map((item) => [keyOf(item), [{ since: 0, item }]]));
  let inconsistentReads = 0;

  function write(key: string, item: Item | undefined): void {
    const before = versions.get(key) ?? [];
    versions.set(key, [...before, { since: clock.now(), item }].slice(-VERSIONS_KEPT));
  }

  function itemAt(key: string, time: number): Item | undefined {
    return versions.get(key)?.findLast(({ since }) => since <= time)?.item;
  }

  const now = (key: string) => versions.get(key)?.at(-1)?.item;

  /** The moment that a read shows. */
  function momentOf({ ConsistentRead = false }: Input): number {
    if (ConsistentRead) return Number.POSITIVE_INFINITY;
    inconsistentReads += 1;
    if (random() >= LAGS) return Number.POSITIVE_INFINITY;
    return clock.now() - random() * LAG_MS;
  }

  const operations: Readonly<Record<string, (input: Input) => object>> = {
    GetItem: (input) => {
      const found = itemAt(keyOf(input.Key), momentOf(input));
      return found === undefined ? {} : { Item: found };
    },
    BatchGetItem: ({ RequestItems = {} }) => {
      const [[table, { Keys, ...how }] = ['', { Keys: [] }]] = Object.entries(RequestItems);
      const at = momentOf(how);
      const left = Keys.filter(() => random() < LEFT_OUT);
      const found = Keys.filter((key) => !left.includes(key)).map((key) => itemAt(keyOf(key), at));
      return {
        Responses: { [table]: found.filter((item) => item !== undefined) },
        UnprocessedKeys: left.length === 0 ? {} : { [table]: { ...how, Keys: left } },
      };
    },
    PutItem: (input) => {
      const key = keyOf(input.Item);
      check(input, now(key));
      write(key, input.Item);
      return {};
    },
    DeleteItem: (input) => {
      const key = keyOf(input.Key);
      check(input, now(key));
      write(key, undefined);
      return {};
    },
    Query: (input) => {
      const at = momentOf(input);
      const after = input.ExclusiveStartKey;
      const items = [...versions.keys()]
        .map((key) => itemAt(key, at))
        .filter((item) => item !== undefined)
        .filter((item) => holds(input.KeyConditionExpression ?? '', input, item))
        .sort((a, b) => (text(a, 'sk') < text(b, 'sk') ? -1 : 1))
        .filter((item) => after === undefined || text(item, 'sk') > text(after, 'sk'));
      const page = items.slice(0, input.Limit);
      const last = page.length < items.length ? page.at(-1) : undefined;
      return { Items: page, Count: page.length, ...(last && { LastEvaluatedKey: primaryKey(last) }) };
    },
  };

  const send: SendRequest = async ({ headers, body }) => {
    const name = headers['x-amz-target']?.split('.')[1] ?? '';
    const operate = operations[name];
    if (operate === undefined) throw new Error(`The simulated DynamoDB has no ${name}.`);
    const input = JSON.parse(body) as Input;
    return { ...answerOf(() => operate(input)), headers: { 'content-type': 'application/x-amz-json-1.0' } };
  };

  return {
    client: {
      region: 'us-east-1',
      endpoint: 'http://dynamodb.invalid',
      credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
      send,
    },
    rows: () => [...versions.keys()].map(now).filter((item) => item !== undefined),
    inconsistentReads: () => inconsistentReads,
  };
}

class ConditionFailed extends Error {}

function answerOf(operate: () => object): { readonly statusCode: number; readonly body: string } {
  try {
    return { statusCode: 200, body: JSON.stringify(operate()) };
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    const __type = 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException';
    return { statusCode: 400, body: JSON.stringify({ __type, message: 'The conditional request failed' }) };
  }
}

function check(input: Input, item: Item | undefined): void {
  const { ConditionExpression: condition } = input;
  if (condition !== undefined && !holds(condition, input, item)) throw new ConditionFailed();
}

/** `a = :a AND #b > :b OR attribute_not_exists(c)`: no brackets, AND before OR. */
function holds(expression: string, input: Input, item: Item | undefined): boolean {
  return expression
    .split(' OR ')
    .some((all) => all.split(' AND ').every((term) => holdsOne(term.trim(), input, item)));
}

function holdsOne(term: string, input: Input, item: Item | undefined): boolean {
  const [, absent] = /^attribute_not_exists\((\S+)\)$/.exec(term) ?? [];
  if (absent !== undefined) return item?.[nameOf(absent, input)] === undefined;
  const [, name, operator, value] = /^(\S+) (=|<=|>=|<|>) (:\w+)$/.exec(term) ?? [];
  if (name === undefined || value === undefined)
    throw new Error(`The simulated DynamoDB reads no "${term}".`);
  const [left, right] = [item?.[nameOf(name, input)], input.ExpressionAttributeValues?.[value]];
  if (left === undefined || right === undefined) return false;
  return compare(plain(left), operator ?? '', plain(right));
}

function compare(left: string | number, operator: string, right: string | number): boolean {
  switch (operator) {
    case '=':
      return left === right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    case '<':
      return left < right;
    default:
      return left > right;
  }
}

function nameOf(name: string, { ExpressionAttributeNames: names }: Input): string {
  return name.startsWith('#') ? (names?.[name] ?? name) : name;
}

function plain(attribute: Attribute): string | number {
  return 'S' in attribute ? attribute.S : Number(attribute.N);
}

function text(item: Item, name: string): string {
  const attribute = item[name];
  return attribute !== undefined && 'S' in attribute ? attribute.S : '';
}

function primaryKey({ pk, sk }: Item): object {
  return { pk, sk };
}

function keyOf(item: Item = {}): string {
  return JSON.stringify([text(item, 'pk'), text(item, 'sk')]);
}
