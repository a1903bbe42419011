import { loadJsonRpcErrorCode } from '@smithy/core/protocols';
import type { AwsResponse } from './send-request.ts';

/** AWS's name for an error by the one that it has in the older protocol of SQS, where they are not the same. */
export type QueryNames = Readonly<Record<string, string>>;

/**
 * The error that an answer tells of, by the name that AWS's SDK gives it. An answer that is not JSON, as that of a proxy,
 * is a SyntaxError.
 * @param queryNames of a service that has spoken another protocol before, and still names its errors as it did then
 */
export function readFailure(response: AwsResponse, queryNames?: QueryNames): Error {
  try {
    const data = response.body === '' ? {} : Object.assign({}, JSON.parse(response.body));
    const [code] = queryNames === undefined ? [] : (response.headers['x-amzn-query-error']?.split(';') ?? []);
    if (code !== undefined) data.Code = code;
    const name = loadJsonRpcErrorCode(response, data, queryNames !== undefined) ?? 'Unknown';
    const message = String(data.message ?? data.Message ?? '');
    return Object.assign(new Error(message), { name: queryNames?.[name] ?? name });
  } catch (error) {
    return error as Error;
  }
}
