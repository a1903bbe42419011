import type { Core } from '../core.ts';
import { createMatcher } from '../match-route.ts';
import { parseInput, readJson } from '../parse-input.ts';
import { type ErrorBody, errorBody, notFound, RefusalError } from '../refusal-error.ts';
import type { ServiceRequest, ServiceResponse } from '../service-request.ts';
import { StateFileError } from '../state-file-error.ts';
import { CONTROL_ROUTES } from './control-routes.ts';

const match = createMatcher(CONTROL_ROUTES);

/**
 * Answers a request under `/control/`: JSON in, JSON out, errors in the shape of Twilio's. No credentials: whoever
 * reaches the port owns this world. Writes must say that they are JSON, which another site's page cannot do
 * without asking (and is not allowed to).
 */
export async function handleControl(
  core: Core,
  request: ServiceRequest,
  path: string,
): Promise<ServiceResponse> {
  try {
    const found = match(request.method, path);
    if (found === undefined) throw notFound(path);
    if (found === 'wrong-method') throw new RefusalError(20004);
    const input = parseInput(found.route.schema, readBody(request));
    const answer = await found.route.run(core, input, found.params);
    return answer === undefined ? json(204) : json(200, answer);
  } catch (error) {
    return refused(core, error);
  }
}

function readBody(request: ServiceRequest): unknown {
  if (request.method === 'GET' || request.body.length === 0) return {};
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\b/i.test(type))
    throw new RefusalError(20001, 'Content-Type must be application/json');
  return readJson(request.body);
}

function refused(core: Core, error: unknown): ServiceResponse {
  if (error instanceof RefusalError)
    return json(error.status, errorBody(error.twilioCode, error.message, error.status));
  if (error instanceof StateFileError) return json(400, errorBody(20001, error.message, 400));
  core.happenings.tell({ kind: 'defect', error: String(error instanceof Error ? error.stack : error) });
  return json(500, errorBody(20500, 'Internal server error', 500));
}

const encoder = new TextEncoder();

function json(status: number, value?: unknown | ErrorBody): ServiceResponse {
  if (value === undefined) return { status, headers: {}, body: new Uint8Array() };
  const headers = { 'content-type': 'application/json;charset=utf-8', 'cache-control': 'no-store' };
  return { status, headers, body: encoder.encode(JSON.stringify(value)) };
}
