import * as http from 'node:http';
import * as https from 'node:https';
import { afterRealTime } from '../clock.ts';

export interface AwsRequest {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number | undefined;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface AwsResponse {
  readonly statusCode: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One HTTP exchange. Fails with an Error that has the name and the code that AWS's SDK would give it. */
export type SendRequest = (request: AwsRequest) => Promise<AwsResponse>;

export interface SenderOptions {
  /** For a new connection. */
  readonly connectTimeoutMs: number;
  /** From the first byte out to the last byte in, connecting included. */
  readonly answerTimeoutMs: number;
}

/** What the SDK calls a time-out: the other side went away, and may have acted. */
const GONE = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT'];

/**
 * Sends over connections that are kept. One that the other side closed while it was idle fails the request as
 * ECONNRESET, which call-aws.ts sends again: as the SDK does.
 */
export function createSender({ connectTimeoutMs, answerTimeoutMs }: SenderOptions): SendRequest {
  const keep = { keepAlive: true, maxSockets: 50 };
  const plain = new http.Agent(keep);
  const secure = new https.Agent(keep);

  return ({ body, ...request }) =>
    new Promise((resolve, reject) => {
      const isSecure = request.protocol === 'https:';
      const outgoing = (isSecure ? https : http).request({ ...request, agent: isSecure ? secure : plain });
      const fail = (error: Error) => {
        callOff();
        reject(error);
        outgoing.destroy();
      };
      const timeOut = () => fail(named(new Error('timed out')));
      const callOff = afterRealTime(answerTimeoutMs, timeOut);
      outgoing.on('error', (error: NodeJS.ErrnoException) =>
        fail(GONE.includes(error.code ?? '') ? named(error) : error),
      );
      outgoing.on('socket', (socket) => {
        if (!socket.connecting) return;
        socket.once('connect', afterRealTime(connectTimeoutMs, timeOut));
      });
      outgoing.on('response', (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', fail);
        incoming.on('end', () => {
          callOff();
          const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
          resolve({
            statusCode: incoming.statusCode ?? 0,
            headers: Object.fromEntries(headers),
            body: Buffer.concat(chunks).toString('utf8'),
          });
        });
      });
      outgoing.end(body);
    });
}

function named(error: Error): Error {
  return Object.assign(error, { name: 'TimeoutError' });
}
