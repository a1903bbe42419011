import type { HttpClient } from '../ports.ts';
import type { Answer, RequestOptions } from './context.ts';
import { OutsideError } from './outside-error.ts';
import { isOwnMachine } from './own-machine.ts';

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
  return async (given, { method, headers = {}, body }, remainingMs) => {
    const text = body === undefined || typeof body === 'string' ? body : toJson(body);
    const own = checkHeaders(headers);
    const how = method ?? (text === undefined ? 'GET' : 'POST');
    let url = parseUrl(given, ownMachine);
    for (let redirects = 0; ; redirects += 1) {
      const timeoutMs = remainingMs();
      if (timeoutMs <= 0) throw new OutsideError('over');
      const answer = await clientOf(url.origin)({
        method: how,
        path: `${url.pathname}${url.search}`,
        headers: {
          ...(typeof body === 'string' ? {} : JSON_TYPE[how]),
          accept: '*/*',
          ...own,
        },
        ...(text === undefined ? {} : { body: text }),
        timeoutMs,
      });
      if (!REDIRECTS.includes(answer.status)) return answer;
      const { location } = answer.headers;
      const next = location === undefined ? null : URL.parse(location, url.href);
      const isSame = next !== null && next.host === url.host && !isDowngrade(url, next);
      if (how !== 'GET' || !isSame || redirects === MAX_REDIRECTS) throw new OutsideError('redirected');
      url = parseUrl(next.href, ownMachine);
    }
  };
}

const JSON_TYPE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  POST: { 'content-type': 'application/json' },
  PUT: { 'content-type': 'application/json' },
  PATCH: { 'content-type': 'application/json' },
};

/** A stream, a form or bytes would arrive as something else than was meant, such as `{}`. */
function toJson(body: unknown): string {
  const isPlain = PLAIN.includes(Object.prototype.toString.call(body));
  const isStream = Symbol.asyncIterator in Object(body);
  const text = isPlain && !isStream ? JSON.stringify(body) : undefined;
  if (text === undefined) throw new OutsideError('body_invalid');
  return text;
}

const PLAIN: readonly string[] = ['Object', 'Array', 'String', 'Number', 'Boolean', 'Null', 'Date'].map(
  (name) => `[object ${name}]`,
);

function parseUrl(given: string, ownMachine: boolean): URL {
  const url = URL.parse(given);
  const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (url === null || !isHttp || url.username !== '' || url.password !== '')
    throw new OutsideError('url_invalid');
  if (!ownMachine && isOwnMachine(url.hostname)) throw new OutsideError('url_refused');
  return url;
}

function isDowngrade(from: URL, to: URL): boolean {
  return from.protocol === 'https:' && to.protocol !== 'https:';
}

/** What the client writes itself: by `host` another service than that of the URL would be asked. */
const OWN_HEADERS =
  /^(?:host|connection|keep-alive|upgrade|expect|te|trailer|transfer-encoding|content-length)$/;
const HEADER_NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e]*$/;

function checkHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const all = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const isSent = ([name, value]: (typeof all)[number]) =>
    HEADER_NAME.test(name) && HEADER_VALUE.test(value) && !OWN_HEADERS.test(name);
  if (!all.every(isSent)) throw new OutsideError('headers_invalid');
  return Object.fromEntries(all);
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
