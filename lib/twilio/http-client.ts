import type { LookupFunction, Socket } from 'node:net';
import type { Client, Dispatcher } from 'undici';
// The package entry costs 716 KB and 50 ms (fetch, websockets, caches, mocks); its HTTP/1.1 client a third of that.
import buildConnector from 'undici/lib/core/connect.js';
import UndiciClient from 'undici/lib/dispatcher/client.js';
import { afterRealTime } from '../clock.ts';
import type { Clock, HttpClient, HttpRequest, HttpResponse } from '../ports.ts';
import { ConnectionError, connectionError } from './connection-error.ts';

export interface HttpConnections {
  readonly send: HttpClient;
  /** Opens a connection ahead of the first request, while the function initialises; sends no byte of HTTP. */
  warmUp(): void;
  close(): Promise<void>;
}

export interface HttpClientOptions {
  /** Scheme, host and port; nothing else is ever talked to. */
  readonly origin: string;
  readonly clock: Pick<Clock, 'now'>;
  /** Longer answers fail. @default 16 MB */
  readonly maxResponseBytes?: number;
  /** Finds the addresses of a name; the system's when absent. */
  readonly lookup?: LookupFunction;
}

/**
 * A POST on a connection that the other side closed while it was idle fails without telling whether it arrived.
 * Idle time is measured by the clock at the next use, because no timer runs while Lambda freezes the process.
 */
const MAX_IDLE_MS = 3_000;
const CONNECT_TIMEOUT_MS = 3_000;
/** A page of 100 messages of 32 KB, escaped, is 7 MB. */
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

interface Connection {
  readonly client: Client;
  readonly idleSince: number;
}

/** HTTP/1.1 with one origin: one connection for each request under way, no redirects, no retries, no decoding. */
export function createHttpClient({
  origin,
  clock,
  maxResponseBytes = MAX_RESPONSE_BYTES,
  lookup,
}: HttpClientOptions): HttpConnections {
  // Shared by all connections, for its cache of TLS sessions.
  const open = buildConnector({
    timeout: CONNECT_TIMEOUT_MS,
    allowH2: false,
    ...(lookup && { lookup }),
  });
  let idle: Connection[] = [];

  function newClient(connect: buildConnector.connector): Client {
    return new UndiciClient(origin, {
      connect,
      allowH2: false,
      keepAliveTimeout: MAX_IDLE_MS,
      keepAliveMaxTimeout: MAX_IDLE_MS,
      maxResponseSize: maxResponseBytes,
      // The deadline of the request is the only timer.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  function takeConnection(): Client {
    const now = clock.now();
    const [usable, stale] = partition(idle, ({ idleSince }) => now - idleSince <= MAX_IDLE_MS);
    idle = usable;
    for (const { client } of stale) discard(client);
    return idle.pop()?.client ?? newClient(open);
  }

  return {
    send: async (request) => {
      const client = takeConnection();
      try {
        const response = await exchange(client, origin, request);
        idle.push({ client, idleSince: clock.now() });
        return response;
      } catch (error) {
        discard(client);
        throw error;
      }
    },
    warmUp: () => {
      idle.push({ client: newClient(openAhead(open, origin)), idleSince: clock.now() });
    },
    close: async () => {
      const closing = idle.map(({ client }) => client.destroy());
      idle = [];
      await Promise.all(closing);
    },
  };
}

/**
 * One request, one response, one deadline over both, dripping bodies included. undici hands a request its connection
 * (`onRequestStart`) before it writes the first byte: until then nothing was sent, from then on anything may be.
 */
function exchange(client: Client, origin: string, request: HttpRequest): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    let sent = false;
    let status = 0;
    let headers: Record<string, string> = {};
    const chunks: Buffer[] = [];
    const fail = (error: ConnectionError) => {
      callOff();
      reject(error);
    };
    const timeOut = () => fail(new ConnectionError('timed_out', origin, sent));
    const callOff = afterRealTime(request.timeoutMs, timeOut);
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: (controller) => {
        // undici may put a request back into its queue when a connection closes; a POST must not leave twice.
        if (sent) controller.abort(new ConnectionError('connection_lost', origin, sent));
        sent = true;
      },
      onResponseStart: (_controller, statusCode, given) => {
        status = statusCode;
        headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
      },
      onResponseData: (_controller, chunk) => {
        chunks.push(chunk);
      },
      onResponseEnd: () => {
        callOff();
        resolve({ status, headers, body: Buffer.concat(chunks).toString('utf8') });
      },
      onResponseError: (_controller, error) => {
        fail(connectionError(error, origin, sent));
      },
    };
    const { method, path, body } = request;
    client.dispatch({ method, path, headers: { ...request.headers }, body: body ?? null }, handler);
  });
}

/** A connector whose first connection is being opened already. */
function openAhead(open: buildConnector.connector, origin: string): buildConnector.connector {
  const { host, hostname, protocol, port } = new URL(origin);
  let ahead: Promise<Socket> | undefined = new Promise((resolve, reject) => {
    open({ host, hostname, protocol, port }, (error, socket) => {
      if (error !== null) return reject(error);
      // Nobody waits for it yet, so it keeps no process alive.
      resolve(socket.unref());
    });
  });
  // The request that gets this connection opens its own instead.
  ahead.catch(() => undefined);
  return (options, callback) => {
    const socket = ahead;
    ahead = undefined;
    if (socket === undefined) return open(options, callback);
    socket.then(
      (opened) => callback(null, opened.ref()),
      () => open(options, callback),
    );
  };
}

/** Cuts the connection; nobody waits any more for what it still carries. */
function discard(client: Client): void {
  void client.destroy();
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
