import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { parseJson } from '../../lib/json.ts';
import { OPERATOR_CALLS, type Operated } from './operator-calls.ts';

/** Where a command of `npx parley` with `--stage local` calls: `POST /operator/table.get`, a list of arguments as JSON. */
export const OPERATOR_PATH = '/operator/';

/**
 * Answers one call. Whoever reaches the port owns this world, as with `/control/`; a page of another site does not,
 * since it may not say that it sends JSON.
 */
export async function serveOperator(
  operated: Operated,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const name = pathname.slice(OPERATOR_PATH.length);
  const call = Object.hasOwn(OPERATOR_CALLS, name) ? OPERATOR_CALLS[name] : undefined;
  const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
  if (call === undefined || request.method !== 'POST' || !isJson) {
    response.writeHead(call === undefined ? 404 : 400).end();
    return;
  }
  try {
    const result = await call(operated, ...(parseJson(await text(request)) as never[]));
    response.writeHead(200, { 'content-type': 'application/json;charset=utf-8' });
    response.end(JSON.stringify({ result }));
  } catch {
    response.writeHead(500).end();
  }
}
