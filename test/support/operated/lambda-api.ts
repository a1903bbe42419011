import type { FunctionName } from '../../../lib/config.ts';
import { FUNCTION_NAMES } from '../../../lib/settings.ts';
import { json } from './json-apis.ts';
import type { WireAnswer } from './query-apis.ts';
import { functionName, type Shown } from './shown.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html */
export async function answerLambda(
  shown: Shown,
  { method, path, body }: { readonly method: string; readonly path: string; readonly body: string },
  invoke: (name: FunctionName, payload: unknown) => Promise<unknown>,
): Promise<WireAnswer> {
  const [, version = '', kind = '', name = '', what = ''] = path.split(/[/?]/);
  if (kind === 'account-settings') {
    return json(200, { AccountLimit: { ConcurrentExecutions: shown.concurrency }, AccountUsage: {} });
  }
  if (kind === 'event-source-mappings') return json(200, { EventSourceMappings: shown.mappings });
  const own = FUNCTION_NAMES.find((one) => functionName(one) === decodeURIComponent(name));
  if (version === '' || kind !== 'functions' || own === undefined) return notFound(name);
  if (method === 'GET' && what === 'configuration') return json(200, shown.functions[own]);
  if (method === 'GET' && what === 'concurrency') return json(200, {});
  if (method === 'POST' && what === 'invocations') {
    return json(200, await invoke(own, body === '' ? {} : JSON.parse(body)));
  }
  return notFound(`${method} ${path}`);
}

function notFound(what: string): WireAnswer {
  return json(404, { __type: 'ResourceNotFoundException', Message: `Function not found: ${what}` });
}
