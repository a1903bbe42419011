import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type LoopbackServer, listen } from './listen.ts';

/** What Lambda would report about one invocation. */
export type InvokeResult =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly error: InvokeError };

export interface InvokeError {
  readonly errorType: string;
  readonly errorMessage: string;
}

export interface RuntimeApi {
  /** `127.0.0.1:port`, the value of AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /** The runtime asked for its first event, or reported why it cannot. */
  readonly initialised: Promise<InvokeError | undefined>;
  /** One event at a time, as a Lambda sandbox works; further calls wait in order. */
  invoke(event: unknown, deadlineMs: () => number): Promise<InvokeResult>;
  /** The process is gone: everything that waits for it ends with `error`. */
  abandon(error: InvokeError): void;
  close(): Promise<void>;
}

interface Invocation {
  readonly id: string;
  readonly event: unknown;
  readonly deadlineMs: () => number;
  readonly settle: (result: InvokeResult) => void;
}

const PREFIX = '/2018-06-01/runtime/';
const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:local';

/**
 * The service a Lambda runtime talks to, for one function process:
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export async function startRuntimeApi(): Promise<RuntimeApi> {
  const initialised = Promise.withResolvers<InvokeError | undefined>();
  const queued: Invocation[] = [];
  const running = new Map<string, Invocation>();
  let idle: ServerResponse | undefined;
  let gone: InvokeError | undefined;
  let count = 0;

  const handOver = () => {
    const invocation = idle === undefined ? undefined : queued.shift();
    if (idle === undefined || invocation === undefined) return;
    running.set(invocation.id, invocation);
    idle.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': invocation.id,
      'lambda-runtime-deadline-ms': String(invocation.deadlineMs()),
      'lambda-runtime-invoked-function-arn': FUNCTION_ARN,
      'lambda-runtime-trace-id': 'Root=1-00000000-000000000000000000000000;Sampled=0',
    });
    idle.end(JSON.stringify(invocation.event));
    idle = undefined;
  };

  const settle = (id: string, result: InvokeResult) => {
    running.get(id)?.settle(result);
    running.delete(id);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '').slice(PREFIX.length);
    if (path === 'invocation/next') {
      idle = response;
      initialised.resolve(undefined);
      return handOver();
    }
    const body: unknown = JSON.parse(await text(request));
    const [, id = '', kind] = path.split('/');
    if (path === 'init/error') initialised.resolve(body as InvokeError);
    else if (kind === 'response') settle(id, { ok: true, payload: body });
    else settle(id, { ok: false, error: body as InvokeError });
    response.writeHead(202, { 'content-type': 'application/json' });
    response.end('{"status":"OK"}');
  };

  const { origin, close }: LoopbackServer = await listen(createServer((...pair) => void answer(...pair)));
  return {
    address: new URL(origin).host,
    initialised: initialised.promise,
    close,
    invoke: (event, deadlineMs) =>
      new Promise((resolve) => {
        if (gone !== undefined) return resolve({ ok: false, error: gone });
        count += 1;
        queued.push({ id: `request-${count}`, event, deadlineMs, settle: resolve });
        handOver();
      }),
    abandon: (error) => {
      gone = error;
      initialised.resolve(error);
      for (const { settle: end } of [...running.values(), ...queued.splice(0)]) end({ ok: false, error });
      running.clear();
    },
  };
}
