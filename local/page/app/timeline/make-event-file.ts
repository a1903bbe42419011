import type { WebhookStep } from '../model/model.ts';

/**
 * The webhook as Lambda is handed it, as a file for events/http/ and `serverless invoke local` (HTTP API, payload
 * 2.0): https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function makeEventFile({ sent, at }: Pick<WebhookStep, 'sent' | 'at'>): string {
  const { host, pathname } = new URL(sent.url);
  const form = new URLSearchParams(sent.params.map(([name, value]): [string, string] => [name, value]));
  form.sort();
  const route = `${sent.method} ${pathname}`;
  const event = {
    version: '2.0',
    routeKey: route,
    rawPath: pathname,
    rawQueryString: '',
    headers: { host, ...sent.headers },
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: host,
      http: {
        method: sent.method,
        path: pathname,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: sent.headers['user-agent'] ?? '',
      },
      requestId: 'local',
      routeKey: route,
      stage: '$default',
      timeEpoch: at,
    },
    // What URLSearchParams writes is ASCII, which is all that btoa takes.
    body: btoa(form.toString()),
    isBase64Encoded: true,
  };
  return `${JSON.stringify(event, undefined, 2)}\n`;
}
