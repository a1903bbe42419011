import { parseJson } from '../../lib/json.ts';
import { MAX_VARIABLE_NAME, MAX_VARIABLES, MAX_VARIABLES_TOTAL } from '../../lib/limits.ts';
import { RefusalError } from '../refusal-error.ts';
import type { Settings } from '../settings.ts';

/**
 * The values of ContentVariables, checked as Twilio checks them.
 * @see https://www.twilio.com/docs/content/using-variables-with-content-api
 */
export function readVariables(
  text: string | undefined,
  settings: Settings,
): Readonly<Record<string, string>> {
  if (text === undefined || text === '') return {};
  const variables = parseObject(text);
  const entries = Object.entries(variables);
  if (entries.length > MAX_VARIABLES) throw new RefusalError(92002);
  if (text.length > MAX_VARIABLES_TOTAL) throw new RefusalError(50529);
  return Object.fromEntries(entries.map(([key, value]) => [checkKey(key), checkValue(value, settings)]));
}

function parseObject(text: string): object {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RefusalError(50527);
  return value;
}

function checkKey(key: string): string {
  if (key.length > MAX_VARIABLE_NAME) throw new RefusalError(50540);
  if (!/^[A-Za-z0-9_]+$/.test(key)) throw new RefusalError(21656);
  return key;
}

function checkValue(value: unknown, settings: Settings): string {
  if (value === null || typeof value === 'object') throw new RefusalError(21656);
  if (typeof value !== 'string' && settings.contentVariableTypes === 'refuse') throw new RefusalError(21656);
  const text = String(value);
  if (text.length > settings.contentVariableMax) throw new RefusalError(50541);
  return text;
}
