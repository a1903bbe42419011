import type { Answer, Call } from './call.ts';
import type { Core } from './core.ts';
import { type AnswerWithTransport, actOutFault, errorAnswer } from './faults/act-out-fault.ts';
import type { RequestFault } from './faults/fault.ts';
import { createMatcher, type RouteMatch } from './match-route.ts';
import { notFound, RefusalError } from './refusal-error.ts';
import { OPEN_OPERATION, ROUTES, type RouteEntry } from './routes.ts';
import type { ServiceRequest, ServiceResponse } from './service-request.ts';

const match = createMatcher(ROUTES);

/** Links of requests that name no host start with Twilio's. */
const DEFAULT_ORIGIN = 'https://conversations.twilio.com';

/** Answers one REST request: authenticate, find the route, let a fault interfere, run, and tell what happened. */
export async function handleRequest(core: Core, request: ServiceRequest): Promise<ServiceResponse> {
  const id = core.newSid('RQ');
  const url = parseUrl(request.url);
  const form = readForm(request);
  if (url === undefined) return respond(core, id, errorAnswer(20001));
  const found = match(request.method, url.pathname);
  const operation = typeof found === 'object' ? found.route.operation : undefined;
  const fault = core.faults.strikeRequest({ method: request.method, path: url.pathname, operation });
  const run = () => answer(core, request, url, form, found, fault);
  const outcome: AnswerWithTransport =
    fault === undefined ? await run() : await actOutFault(core, fault, run);
  core.happenings.tell({
    kind: 'request',
    id,
    method: request.method,
    path: url.pathname + url.search,
    operation,
    headers: withoutSecret(request.headers),
    form: [...form],
    status: outcome.status,
    answer: outcome.resource,
    fault: fault?.kind,
    transport: outcome.transport?.kind ?? 'answered',
  });
  return respond(core, id, outcome);
}

async function answer(
  core: Core,
  request: ServiceRequest,
  url: URL,
  form: URLSearchParams,
  found: RouteMatch<RouteEntry> | 'wrong-method' | undefined,
  fault: RequestFault | undefined,
): Promise<Answer> {
  try {
    const open = typeof found === 'object' && found.route.operation === OPEN_OPERATION;
    if (!open && !core.credentials.accepts(request.headers['authorization'])) throw new RefusalError(20003);
    if (found === undefined) throw notFound(url.pathname);
    if (found === 'wrong-method') throw new RefusalError(20004);
    const lag = fault?.kind === 'stale-list' ? fault.lagMs : undefined;
    const call = makeCall(core, request, url, form, found, lag);
    return await found.route.run(core, call);
  } catch (error) {
    if (error instanceof RefusalError) {
      const status = core.settings.statusOverrides[String(error.twilioCode)];
      return errorAnswer(error.twilioCode, status, error.message);
    }
    core.happenings.tell({ kind: 'defect', error: String(error instanceof Error ? error.stack : error) });
    return errorAnswer(20500);
  }
}

function makeCall(
  core: Core,
  request: ServiceRequest,
  url: URL,
  form: URLSearchParams,
  { params }: RouteMatch<RouteEntry>,
  lag: number | undefined,
): Call {
  const service = params['ChatServiceSid'];
  return {
    request,
    origin: url.origin,
    path: url.pathname,
    base: service === undefined ? '/v1' : `/v1/Services/${service}`,
    params,
    query: url.searchParams,
    form,
    webhooks: wantsWebhooks(core, request.headers['x-twilio-webhook-enabled']),
    staleBefore: lag === undefined ? undefined : core.timeline.now() - lag,
  };
}

/** Absent means no webhooks, like every value other than true. */
function wantsWebhooks(core: Core, header: string | undefined): boolean {
  return core.settings.webhookHeader === 'exact' ? header === 'true' : header?.toLowerCase() === 'true';
}

export function parseUrl(url: string): URL | undefined {
  return URL.parse(url, DEFAULT_ORIGIN) ?? undefined;
}

/** Twilio reads parameters from forms only; any other body has none. */
function readForm(request: ServiceRequest): URLSearchParams {
  const type = request.headers['content-type'] ?? 'application/x-www-form-urlencoded';
  const isForm = type.toLowerCase().startsWith('application/x-www-form-urlencoded');
  return new URLSearchParams(isForm ? new TextDecoder().decode(request.body) : '');
}

function withoutSecret(headers: ServiceRequest['headers']): ServiceRequest['headers'] {
  const { authorization: _, ...rest } = headers;
  return rest;
}

const encoder = new TextEncoder();

function respond(core: Core, id: string, outcome: AnswerWithTransport): ServiceResponse {
  const { status, resource, bytes, transport, headers } = outcome;
  const body =
    bytes ?? (resource === undefined ? new Uint8Array() : encoder.encode(JSON.stringify(resource)));
  return {
    status,
    headers: {
      'twilio-request-id': id,
      'twilio-concurrent-requests': '1',
      'x-home-region': 'us1',
      'x-api-domain': 'conversations.twilio.com',
      ...(resource === undefined ? {} : { 'content-type': 'application/json;charset=utf-8' }),
      ...(status === 401 ? { 'www-authenticate': 'Basic realm="Twilio API"' } : {}),
      ...(status === 429 && core.settings.retryAfterSeconds !== null
        ? { 'retry-after': String(core.settings.retryAfterSeconds) }
        : {}),
      ...headers,
    },
    body,
    ...(transport === undefined ? {} : { transport }),
  };
}
