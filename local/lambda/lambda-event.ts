import type { ServiceRequest } from '../../emulator/index.ts';

/**
 * An HTTP request as API Gateway hands it to Lambda (HTTP API, payload 2.0), form bodies in base64 as on AWS:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function toLambdaEvent({ method, url, headers, body }: ServiceRequest, now: number) {
  const { pathname, search } = new URL(url, 'http://127.0.0.1');
  return {
    version: '2.0',
    routeKey: `${method} ${pathname}`,
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers,
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      http: {
        method,
        path: pathname,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: 'local',
      routeKey: `${method} ${pathname}`,
      stage: '$default',
      timeEpoch: now,
    },
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  };
}
