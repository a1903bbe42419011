import type { HttpRequest } from '../ports.ts';
import type { RequestOptions } from './context.ts';
import { OutsideError } from './outside-error.ts';
import { isOwnMachine } from './own-machine.ts';

/** What is sent of what a handler wants to be sent. */
export interface ReadRequest {
  readonly method: Method;
  /** By their lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of the body; undefined where there is none. */
  readonly text: string | undefined;
}

type Method = HttpRequest['method'];

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** @throws OutsideError for a method, a body or a header that cannot be sent as it is meant */
export function readRequest({ method, headers = {}, body }: RequestOptions): ReadRequest {
  const text = body === undefined || typeof body === 'string' ? body : toJson(body);
  return {
    method: method === undefined ? (text === undefined ? 'GET' : 'POST') : readMethod(method),
    headers: checkHeaders(headers),
    text,
  };
}

/** A service may take `patch` for another method than `PATCH`, so it is sent in capitals however it was written. */
function readMethod(given: unknown): Method {
  const method = METHODS.find((one) => typeof given === 'string' && one === given.toUpperCase());
  if (method === undefined) throw new OutsideError('method_invalid');
  return method;
}

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

/** @param ownMachine whether this machine itself may be asked */
export function parseUrl(given: string, ownMachine: boolean): URL {
  const url = URL.parse(given);
  const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (url === null || !isHttp || url.username !== '' || url.password !== '')
    throw new OutsideError('url_invalid');
  if (!ownMachine && isOwnMachine(url.hostname)) throw new OutsideError('url_refused');
  return url;
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
