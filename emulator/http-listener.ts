import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { ConversationsService } from './create-service.ts';
import { routeRefusal } from './refusal-error.ts';
import type { ServiceRequest, ServiceResponse } from './service-request.ts';

export interface ListenOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** Default 127.0.0.1: nobody but this machine. */
  readonly host?: string;
  /** Host header names answered besides the address itself, `localhost` and `127.0.0.1`. */
  readonly hostNames?: readonly string[];
  /**
   * Takes what is neither the REST API nor the control interface: the chat page. Called after the Host and Origin
   * checks, so it needs none of its own.
   */
  readonly other?: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface Listening {
  readonly port: number;
  /** `http://127.0.0.1:4000`: of the addresses listened on, one at which this machine reaches it. */
  readonly url: string;
  readonly server: Server;
  close(): Promise<void>;
}

/** All addresses of the machine. */
const EVERY = ['0.0.0.0', '::'];
/** Whatever product of Twilio's a path is of: those that are not here answer as Twilio does for a path that it has not. */
const ANSWERED = /^\/(?:v\d+|\d{4}-\d\d-\d\d|control)(?:\/|$|\?)/;
/** Media may be 150 MB at Twilio; on a laptop nobody needs more than this. */
const MAX_MEDIA_BYTES = 20 * 1024 * 1024;
const MAX_BODY_BYTES = 256 * 1024;
/** Uploads, and customers who send pictures. */
const MEDIA_PATHS = /\/Media|^\/control\/customer\//;
/** A held answer (`timeout` faults) is cut off in the end, so that nothing stays open for ever. */
const LONGEST_HANG_MS = 120_000;

/**
 * Serves a service on one port: REST under `/v1`, `/v2` and the like, the control interface under `/control`,
 * everything else to `other`. Only for this machine unless told otherwise: a foreign Host header (DNS rebinding) and a
 * foreign Origin (another site's script) are refused, and there are no CORS headers.
 *
 * @example
 * ```ts
 * import { type ConversationsService, listen } from './emulator/index.ts';
 *
 * declare const service: ConversationsService;
 * const { url, close } = await listen(service, { port: 0 });
 * const answer = await fetch(`${url}/control/time`);
 * await close();
 * ```
 */
export async function listen(service: ConversationsService, options: ListenOptions): Promise<Listening> {
  const { port, host = '127.0.0.1' } = options;
  const server = createServer({
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    connectionsCheckingInterval: 5000,
    maxHeaderSize: 32 * 1024,
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    // A broken socket is the client's business; it must not become ours.
    request.on('error', () => response.destroy());
    response.on('error', () => response.destroy());
    void serve(service, options, request, response).catch(() => response.destroy());
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const name = EVERY.includes(host) ? '127.0.0.1' : host;
  return {
    port: address.port,
    url: `http://${name.includes(':') ? `[${name}]` : name}:${address.port}`,
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  service: ConversationsService,
  options: ListenOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const hostHeader = request.headers.host ?? '';
  if (!isKnownHost(hostHeader, options)) return refuse(response, 421, 'Unknown Host');
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${hostHeader}`)
    return refuse(response, 403, 'Foreign Origin');
  const path = request.url ?? '/';
  if (!ANSWERED.test(path)) {
    if (options.other !== undefined) return options.other(request, response);
    return refuseRoute(response, path);
  }
  const limit = MEDIA_PATHS.test(path) ? MAX_MEDIA_BYTES : MAX_BODY_BYTES;
  const body = await readBody(request, limit);
  if (body === undefined) return refuse(response, 413, 'Body too large');
  const answer = await service.handle(toServiceRequest(request, `http://${hostHeader}${path}`, body));
  await send(response, answer);
}

function isKnownHost(header: string, { host = '127.0.0.1', hostNames = [] }: ListenOptions): boolean {
  const name = header.replace(/:\d+$/, '').toLowerCase();
  return ['localhost', '127.0.0.1', '[::1]', host, `[${host}]`, ...hostNames].includes(name);
}

async function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function toServiceRequest(request: IncomingMessage, url: string, body: Uint8Array): ServiceRequest {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value ?? '')]);
  return {
    method: request.method ?? 'GET',
    url,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body,
  };
}

/** Answers, or acts out what a fault asked for. */
async function send(response: ServerResponse, answer: ServiceResponse): Promise<void> {
  const { status, headers, body, transport } = answer;
  if (transport?.kind === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (transport?.kind === 'hang') {
    await delay(LONGEST_HANG_MS, undefined, { ref: false });
    response.destroy();
    return;
  }
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  if (transport?.kind !== 'drip') {
    response.end(body);
    return;
  }
  for (const byte of body) {
    if (response.destroyed) return;
    response.write(Uint8Array.of(byte));
    await delay(1000 / transport.bytesPerSecond, undefined, { ref: false });
  }
  response.end();
}

function refuseRoute(response: ServerResponse, path: string): void {
  const body = routeRefusal(path.replace(/\?.*/s, ''));
  response.writeHead(body.status, { 'content-type': 'application/json;charset=utf-8', connection: 'close' });
  response.end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' });
  response.end(`${reason}\n`);
}
