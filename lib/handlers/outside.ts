import type { HttpClient } from '../ports.ts';
import type { Answer, RequestOptions } from './context.ts';
import { OutsideError } from './outside-error.ts';
import { parseUrl, readRequest } from './read-request.ts';

export interface OutsidePorts {
  /** HTTP with one origin. */
  readonly connect: (origin: string) => HttpClient;
  /** Whether this machine itself may be asked: in the local world only. */
  readonly ownMachine: boolean;
}

/** HTTP for handlers: any host but this machine, and no redirect to another one. */
export type Outside = (url: string, options: RequestOptions, remainingMs: () => number) => Promise<Answer>;

const MAX_REDIRECTS = 3;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
/** More are asked anew. */
const MAX_ORIGINS = 8;

export function createOutside({ connect, ownMachine }: OutsidePorts): Outside {
  const clients = new Map<string, HttpClient>();
  const clientOf = (origin: string): HttpClient => {
    const client = clients.get(origin) ?? connect(origin);
    clients.delete(origin);
    clients.set(origin, client);
    for (const oldest of clients.keys()) if (clients.size > MAX_ORIGINS) clients.delete(oldest);
    return client;
  };
  return async (given, options, remainingMs) => {
    const { method, headers, text } = readRequest(options);
    let url = parseUrl(given, ownMachine);
    for (let redirects = 0; ; redirects += 1) {
      const timeoutMs = remainingMs();
      if (timeoutMs <= 0) throw new OutsideError('over');
      const answer = await clientOf(url.origin)({
        method,
        path: `${url.pathname}${url.search}`,
        headers: {
          ...(typeof options.body === 'string' ? {} : JSON_TYPE[method]),
          accept: '*/*',
          ...headers,
        },
        ...(text === undefined ? {} : { body: text }),
        timeoutMs,
      });
      if (!REDIRECTS.includes(answer.status)) return answer;
      const { location } = answer.headers;
      const next = location === undefined ? null : URL.parse(location, url.href);
      const isSame = next !== null && next.host === url.host && !isDowngrade(url, next);
      if (method !== 'GET' || !isSame || redirects === MAX_REDIRECTS) throw new OutsideError('redirected');
      url = parseUrl(next.href, ownMachine);
    }
  };
}

const JSON_TYPE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  POST: { 'content-type': 'application/json' },
  PUT: { 'content-type': 'application/json' },
  PATCH: { 'content-type': 'application/json' },
};

function isDowngrade(from: URL, to: URL): boolean {
  return from.protocol === 'https:' && to.protocol !== 'https:';
}

/** What an answer says, parsed from JSON; undefined for 404 and for no content. */
export function parseAnswer({ status, body }: Answer): unknown {
  if (status === 404) return undefined;
  if (status < 200 || status > 299) throw new OutsideError(status);
  if (body.trim() === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    throw new OutsideError('not_json');
  }
}
