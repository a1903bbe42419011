import { InvokeStore } from '@aws/lambda-invoke-store';
import type { AwsEnvironment } from './aws-endpoint.ts';

/**
 * The trace that an invocation belongs to, as AWS's SDK hands it on: X-Ray's, by which Lambda also notices a function
 * that calls itself in a loop, and OpenTelemetry's. Newer runtimes keep them for each invocation, not in the environment.
 */
export async function traceHeaders(env: AwsEnvironment): Promise<Record<string, string>> {
  const invocation = await InvokeStore.getInstanceAsync();
  const xray = invocation.getXRayTraceId() ?? env['_X_AMZN_TRACE_ID'];
  const traceparent = invocation.getTraceparent?.();
  const headers = {
    'x-amzn-trace-id': env['AWS_LAMBDA_FUNCTION_NAME'] && xray,
    traceparent,
    tracestate: traceparent && invocation.getTracestate?.(),
    baggage: traceparent && invocation.getBaggage?.(),
  };
  return Object.fromEntries(
    Object.entries(headers).filter((header): header is [string, string] => !!header[1]),
  );
}
