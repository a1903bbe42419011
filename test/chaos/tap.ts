import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listen } from '../../local/lambda/listen.ts';

/**
 * When the caller dies of a call: before it takes effect, after its effect and before its answer, or while it is on
 * its way, so that it takes effect long after.
 */
export type When = 'before' | 'after' | 'late';

export interface TapOptions {
  /** A function's environment; its endpoints are what the calls are forwarded to. */
  readonly env: Readonly<Record<string, string>>;
  /** Told of each call when it arrives, such as `PutItem` or `POST Messages`. */
  readonly onCall: (call: string) => When | undefined;
  /** Ends the caller; resolves when it is gone. */
  readonly kill: () => Promise<void>;
  /** Lets a call take effect late. */
  readonly later: (effect: () => Promise<unknown>) => void;
  /** Gives a JSON answer to a call that then goes nowhere: plants a defect. */
  readonly pretend?: ((call: string) => unknown) | undefined;
}

/** Everything a function asks of the outside, through one port: the place where it can die at a chosen call. */
export interface Tap {
  /** The same environment, with all endpoints led through the tap. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export async function startTap({ env, onCall, kill, later, pretend }: TapOptions): Promise<Tap> {
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request);
    const { origin, call } = destination(request, env);
    const when = onCall(call);
    if (when === 'late') later(() => ask(origin, request, body));
    if (when === 'late' || when === 'before') return kill();
    const pretended = pretend?.(call);
    const answer = pretended === undefined ? await ask(origin, request, body) : json(pretended);
    if (when === 'after') return kill();
    reply(response, answer);
  };
  const server = createServer((request, response) => {
    // The caller may die at any moment. What it has asked for goes its way all the same.
    response.on('error', () => response.destroy());
    serve(request, response).catch(() => response.destroy());
  });
  const { origin, close } = await listen(server);
  return {
    env: {
      ...env,
      AWS_ENDPOINT_URL_SQS: origin,
      AWS_ENDPOINT_URL_DYNAMODB: origin,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: origin,
      // The SQS client sends to the queue URL's host.
      QUEUE_URL: `${origin}${new URL(env['QUEUE_URL'] ?? '').pathname}`,
      ...('TWILIO_API_URL' in env ? { TWILIO_API_URL: origin } : {}),
    },
    close,
  };
}

/** AWS's JSON protocols name service and operation in a header; what has none is for Twilio. */
function destination({ headers, method, url = '' }: IncomingMessage, env: TapOptions['env']) {
  const [service = '', operation = ''] = String(headers['x-amz-target'] ?? '').split('.');
  const endpoint = ENDPOINTS.find(([prefix]) => service.startsWith(prefix))?.[1] ?? 'TWILIO_API_URL';
  const resource = url
    .replace(/\?.*/s, '')
    .split('/')
    .at(-1)
    ?.replace(/^([A-Z]{2})[0-9a-f]{32}$/, '$1…');
  return { origin: env[endpoint] ?? '', call: operation === '' ? `${method} ${resource}` : operation };
}

const ENDPOINTS = [
  ['DynamoDB', 'AWS_ENDPOINT_URL_DYNAMODB'],
  ['AmazonSQS', 'AWS_ENDPOINT_URL_SQS'],
  ['secretsmanager', 'AWS_ENDPOINT_URL_SECRETS_MANAGER'],
] as const;

/**
 * Host and the other headers go through as they are, so that links come back through the tap too. A connection of its
 * own for each call: one that is kept may be closed by the other side at the very moment of its next use.
 */
function ask(origin: string, { method, url, headers }: IncomingMessage, body: Buffer) {
  return new Promise<Answer>((resolve, reject) => {
    const options = { method, headers: { ...headers, connection: 'close' }, agent: false } as const;
    const outgoing = forward(new URL(url ?? '/', origin), options, (incoming) => {
      const { statusCode = 502 } = incoming;
      buffer(incoming).then(
        (answer) => resolve({ status: statusCode, headers: incoming.headers, body: answer }),
        reject,
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function json(value: unknown): Answer {
  const headers = { 'content-type': 'application/json' };
  return { status: 200, headers, body: Buffer.from(JSON.stringify(value)) };
}

function reply(response: ServerResponse, { status, headers, body }: Answer): void {
  const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...kept } = headers;
  response.writeHead(status, { ...kept, 'content-length': body.length });
  response.end(body);
}
