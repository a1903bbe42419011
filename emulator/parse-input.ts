import * as z from 'zod/mini';
import { parseJson } from '../lib/json.ts';
import { RefusalError } from './refusal-error.ts';

/** `zod/mini` brings no texts of its own. */
const english = { error: z.locales.en().localeError };

/**
 * Checks what came in as JSON.
 * @throws RefusalError 20001 that says what is wrong where
 */
export function parseInput<S extends z.core.$ZodType>(schema: S, value: unknown): z.output<S> {
  const result = z.safeParse(schema, value, english);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => [...path.map(String), message].join(': '));
  throw new RefusalError(20001, `Invalid parameter: ${problems.join('; ')}`);
}

/** @throws RefusalError 20001 when `bytes` are not JSON */
export function readJson(bytes: Uint8Array): unknown {
  const value = parseJson(new TextDecoder().decode(bytes));
  if (value === undefined) throw new RefusalError(20001, 'Invalid parameter: the body is not valid JSON');
  return value;
}
