import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '../../local/lambda/listen.ts';

/** What comes back for a request: an answer, or what a network does instead. */
export type Step =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** Text as it is, all else as JSON. */
      readonly body?: unknown;
    }
  | 'hang'
  | 'reset'
  | 'cut off';

export interface SentRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ScriptedAws {
  readonly origin: string;
  /** What came since the script began. */
  readonly requests: readonly SentRequest[];
  /** Answers the next requests in this order, and those after the last one as it. */
  play(...steps: readonly Step[]): void;
  close(): Promise<void>;
}

/** A service of AWS that answers as it is told to, one request after the other. */
export async function startScriptedAws(): Promise<ScriptedAws> {
  let script: readonly Step[] = [];
  const requests: SentRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    // Once the headers are there, so that an attempt that is given up counts too.
    const step = script[Math.min(requests.length, script.length - 1)] ?? 'hang';
    const sent = { headers: incoming.headers, body: '' };
    requests.push(sent);
    sent.body = await text(incoming).catch(() => '');
    if (step === 'hang') return;
    if (step === 'reset') return void outgoing.destroy();
    if (step === 'cut off') {
      outgoing.writeHead(200, { 'content-length': '100' }).write('{"half":');
      return void setImmediate(() => outgoing.destroy());
    }
    const { status, headers = {}, body = '' } = step;
    outgoing.sendDate = false;
    outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', ...headers });
    outgoing.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  const { origin, close } = await listen(server);
  return {
    origin,
    requests,
    play: (...steps) => {
      script = steps;
      requests.length = 0;
    },
    close,
  };
}
