import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach } from 'vitest';
import { type LoopbackServer, listen } from '../../local/lambda/listen.ts';

export interface Seen {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly form: Record<string, string>;
  readonly body: string;
  /** Which connection it came on, counted from 1. */
  readonly connection: number;
}

export type Step = (response: ServerResponse, seen: Seen) => void;

export interface ScriptedServer {
  readonly origin: string;
  readonly seen: readonly Seen[];
  close(): Promise<void>;
}

/** Answers each request with the next step; the last step stays. Closed after the test. */
export async function scriptedServer(...steps: Step[]): Promise<ScriptedServer> {
  const seen: Seen[] = [];
  const connections = new Map<unknown, number>();
  const server = createServer(async (request, response) => {
    const connection = connections.get(request.socket) ?? connections.size + 1;
    connections.set(request.socket, connection);
    const body = await text(request);
    const { method = '', url = '', headers } = request;
    const one: Seen = {
      method,
      url,
      headers,
      body,
      connection,
      form: Object.fromEntries(new URLSearchParams(body)),
    };
    const step = steps[Math.min(seen.length, steps.length - 1)];
    seen.push(one);
    step?.(response, one);
  });
  const listening = await listen(server);
  opened.push(listening);
  return { ...listening, seen };
}

const opened: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ close }) => close()));
});

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Step {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** An error as Twilio words it. */
export function twilioError(status: number, code: number, headers?: Record<string, string>): Step {
  const more_info = `https://www.twilio.com/docs/errors/${code}`;
  return json(status, { code, message: `CANARY words of error ${code}`, more_info, status }, headers);
}

export function raw(status: number, headers: Record<string, string>, body = ''): Step {
  return (response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** Cuts the connection without an answer. */
export const reset: Step = (response) => {
  response.destroy();
};

/** Sends the headers and a part of the body, then cuts the connection. */
export const resetMidBody: Step = (response) => {
  response.writeHead(201, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"sid":"IM', () => response.destroy());
};

/** Never answers. */
export const silence: Step = () => undefined;

/** A byte now and then, for ever: no timeout between bytes would end it. */
export const drip: Step = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};
