import type { ServiceRequest } from '../../emulator/index.ts';
import { toBase64 } from './to-base64.ts';

/** The body as it goes over the wire, or its text. */
export interface GatewayRequest extends Omit<ServiceRequest, 'body'> {
  readonly body: Uint8Array | string;
}

/**
 * An HTTP request as API Gateway hands it to Lambda (HTTP API, payload 2.0), form bodies in base64 as on AWS. Every
 * such event of the house is made here; the page makes some too, so nothing of Node is used.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 * @param at when it came in, in milliseconds since the epoch
 */
export function toLambdaEvent({ method, url, headers: sent, body }: GatewayRequest, at: number) {
  const { host, pathname, search } = new URL(url, 'http://127.0.0.1');
  const headers = asGiven(host, sent);
  const routeKey = `${method} ${pathname}`;
  const domainName = headers['host'] ?? host;
  return {
    version: '2.0',
    routeKey,
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers,
    requestContext: {
      accountId: '000000000000',
      apiId: 'a000000000',
      domainName,
      domainPrefix: domainName.split('.')[0] ?? '',
      http: {
        method,
        path: pathname,
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: 'AAAAAAAAAAAAAAA=',
      routeKey,
      stage: '$default',
      time: commonLogTime(at),
      timeEpoch: at,
    },
    body: toBase64(body),
    isBase64Encoded: true,
  };
}

/** As API Gateway gives them: names in small letters, in the order of the alphabet. */
function asGiven(host: string, headers: ServiceRequest['headers']): Readonly<Record<string, string>> {
  const named = new Map([['host', host]]);
  for (const [name, value] of Object.entries(headers)) named.set(name.toLowerCase(), value);
  return Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `20/Nov/2026:09:30:00 +0000` */
function commonLogTime(at: number): string {
  const [, day, month, year, time] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/.exec(new Date(at).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
