import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { parseJson } from '../../lib/json.ts';
import { type AwsLocal, startAwsLocal } from '../../local/lambda/aws-local.ts';
import { listen } from '../../local/lambda/listen.ts';

/** What came over the wire, by what is paid for. */
export interface Calls {
  /** Requests by AWS's name for the operation, `PutItem`; and Twilio's by method and resource, `POST Messages`. */
  readonly requests: Readonly<Record<string, number>>;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Bytes that the functions wrote to their logs, metrics among them. */
  readonly logBytes: number;
}

export interface Wire {
  readonly aws: AwsLocal;
  /** Leads a client of the SDK through here. */
  readonly dynamodb: AwsLocal['clients']['dynamodb'];
  readonly sqs: AwsLocal['clients']['sqs'];
  readonly queueUrl: string;
  /** Notes what does not come this way. */
  readonly note: (request: string) => void;
  readonly write: (line: string) => void;
  /** What came since it was last asked. */
  take(): Calls;
  stop(): Promise<void>;
}

/**
 * SQS and DynamoDB behind a door that counts each request as it comes, retries among them, and has DynamoDB say what it
 * would charge: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ConsumedCapacity.html
 */
export async function startWire(): Promise<Wire> {
  const aws = await startAwsLocal();
  let requests = new Map<string, number>();
  let readUnits = 0;
  let writeUnits = 0;
  let logBytes = 0;
  const note = (name: string) => void requests.set(name, (requests.get(name) ?? 0) + 1);

  const doorTo = (origin: string) =>
    listen(
      createServer((request, response) => {
        void pass(origin, request).then(({ status, type, body }) =>
          response.writeHead(status, { 'content-type': type }).end(body),
        );
      }),
    );

  async function pass(origin: string, request: IncomingMessage) {
    const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    note(operation);
    const asked = Object(parseJson(await text(request))) as Asked;
    const isOfTable = /Item$|Query/.test(operation);
    const answer = await fetch(`${origin}${request.url}`, {
      method: 'POST',
      headers: headersOf(request),
      body: JSON.stringify(isOfTable ? { ...asked, ReturnConsumedCapacity: 'TOTAL' } : asked),
    });
    const body = await answer.text();
    // What a condition keeps from being written is charged all the same, which the stand-in does not know.
    if (isOfTable && /^(Put|Delete|Update)/.test(operation)) writeUnits += Math.max(unitsIn(body), 1);
    else if (isOfTable) readUnits += Math.max(unitsIn(body), keysOf(asked));
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', body };
  }

  const [table, queue] = await Promise.all([
    doorTo(aws.clients.dynamodb.endpoint),
    doorTo(aws.clients.sqs.endpoint),
  ]);
  return {
    aws,
    dynamodb: { ...aws.clients.dynamodb, endpoint: table.origin },
    sqs: { ...aws.clients.sqs, endpoint: queue.origin },
    queueUrl: `${queue.origin}${new URL(aws.queueUrl).pathname}`,
    note,
    write: (line) => {
      logBytes += Buffer.byteLength(line) + 1;
    },
    take: () => {
      const calls = { requests: Object.fromEntries([...requests].sort()), readUnits, writeUnits, logBytes };
      requests = new Map();
      readUnits = 0;
      writeUnits = 0;
      logBytes = 0;
      return calls;
    },
    stop: async () => {
      await Promise.all([table.close(), queue.close()]);
      await aws.stop();
    },
  };
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const given = Object.entries(headers).filter(([name]) => /^(content-type|x-amz-|authorization)/.test(name));
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

interface Asked {
  readonly RequestItems?: Readonly<Record<string, { readonly Keys?: readonly unknown[] }>>;
}

/** What is not there is charged as a unit all the same, which the stand-in does not know. */
function keysOf({ RequestItems }: Asked): number {
  if (RequestItems === undefined) return 1;
  return Object.values(RequestItems).reduce((sum, { Keys = [] }) => sum + Keys.length, 0);
}

/** Of a batch there is a list, one for each table. */
function unitsIn(body: string): number {
  const { ConsumedCapacity = [] } = Object(parseJson(body)) as { ConsumedCapacity?: unknown };
  const all = [ConsumedCapacity].flat() as readonly { readonly CapacityUnits?: number }[];
  return all.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}
