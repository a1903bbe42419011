/**
 * The id under which API Gateway's access log has a request, or a Function URL's; a load balancer gives none.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function apiRequestId(httpEvent: unknown): string | undefined {
  const { requestContext } = Object(httpEvent) as Readonly<Record<string, unknown>>;
  const { requestId } = Object(requestContext) as Readonly<Record<string, unknown>>;
  return typeof requestId === 'string' ? requestId : undefined;
}
