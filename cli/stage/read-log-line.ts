import type { FunctionName } from '../../lib/config.ts';
import { parseJson } from '../../lib/json.ts';
import type { LogLine } from './stage.ts';

/**
 * A line of a function's log; undefined for a metric, and for what Lambda or Node wrote beside it.
 * @param at when it was taken in, where the line has no time of its own
 */
export function readLogLine(name: FunctionName, text: string, at: number): LogLine | undefined {
  const line = parseJson(text);
  if (typeof line !== 'object' || line === null || '_aws' in line || !('message' in line)) return undefined;
  const { time, ...fields } = line as Record<string, unknown>;
  const own = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return { at: Number.isNaN(own) ? at : own, function: name, fields };
}
