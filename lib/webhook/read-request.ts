/** What matters of an HTTP request, whichever front door it came through. */
export interface ReadRequest {
  /** Lower-case names. A header that came more than once has all its values, joined by commas. */
  readonly headers: ReadonlyMap<string, string>;
  /** The form as bytes, no longer base64. */
  readonly body: Buffer;
}

/** Why a request is not read any further. */
export interface Rejection {
  readonly status: 400 | 405 | 413 | 415;
  /** For the metric; never part of the answer. */
  readonly reason: 'body_not_base64' | 'method' | 'body_too_large' | 'content_type';
}

/** The largest webhook Twilio can send, 48 KB of text and attributes percent-encoded, is some 150 KB. */
const MAX_BODY_BYTES = 256 * 1024;
const FORM = /^application\/x-www-form-urlencoded *(?:; *charset="?utf-8"?)?$/i;

/**
 * Reads the HTTP event of an API Gateway HTTP API or a Function URL (payload 2.0), an API Gateway REST API, or an
 * Application Load Balancer, with single or multi-value headers. Never throws. Of the URL it reads nothing at all:
 * signatures are checked against the configured URLs (verify-signature.ts).
 *
 * - https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 * - https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 * - https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export function readRequest(event: unknown): ReadRequest | Rejection {
  const { httpMethod, requestContext, headers, multiValueHeaders, body, isBase64Encoded } = fieldsOf(event);
  if ((httpMethod ?? fieldsOf(fieldsOf(requestContext).http).method) !== 'POST') {
    return { status: 405, reason: 'method' };
  }
  const read = readHeaders(headers, multiValueHeaders);
  if (!read.get('content-type')?.match(FORM)) return { status: 415, reason: 'content_type' };

  const text = typeof body === 'string' ? body : '';
  const encoding = isBase64Encoded === true ? 'base64' : 'utf8';
  // Counted, not decoded: nothing oversized is worth more work.
  if (Buffer.byteLength(text, encoding) > MAX_BODY_BYTES) return { status: 413, reason: 'body_too_large' };
  const bytes = Buffer.from(text, encoding);
  // Node skips over what is not base64; encoding it again shows whether it did.
  if (encoding === 'base64' && bytes.toString('base64') !== text) {
    return { status: 400, reason: 'body_not_base64' };
  }
  return { headers: read, body: bytes };
}

/**
 * A REST API sends both maps, of which only the second holds every value; a load balancer sends one of them. Values
 * are joined rather than chosen, so that a signature given twice is not a signature.
 */
function readHeaders(single: unknown, multiple: unknown): ReadonlyMap<string, string> {
  const several = collect(multiple);
  const headers = new Map([...collect(single), ...several]);
  return new Map([...headers].map(([name, values]) => [name, values.join(',')]));
}

function collect(headers: unknown): ReadonlyMap<string, readonly string[]> {
  const collected = new Map<string, string[]>();
  for (const [name, value] of Object.entries(fieldsOf(headers))) {
    const values = [value].flat().filter((item) => typeof item === 'string');
    const key = name.toLowerCase();
    if (values.length > 0) collected.set(key, [...(collected.get(key) ?? []), ...values]);
  }
  return collected;
}

/** The fields of whatever this is: none, if it is not an object. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
