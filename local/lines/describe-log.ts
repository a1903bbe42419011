import { parseJson } from '../../lib/json.ts';
import type { Line } from './line.ts';

/**
 * A line of the bot's log, as Lambda would write it.
 *
 * @param all also of what goes as it should
 * @returns undefined for what is only counted, and for what goes as it should unless all is asked for
 */
export function describeLog(line: string, all: boolean): Line | undefined {
  const entry = parseJson(line) as Readonly<Record<string, unknown>> | undefined;
  if (typeof entry?.['message'] !== 'string') return undefined;
  const { time: _, level, message, ...fields } = entry;
  const isBad = level === 'warn' || level === 'error';
  if (!isBad && !all) return undefined;
  const shown = Object.entries(fields).map(([name, value]) => ` ${name}=${String(value)}`);
  const style = level === 'error' ? 'red' : level === 'warn' ? 'yellow' : 'dim';
  return { kind: 'log', text: `${String(level)}: ${message}${shown.join('')}`, style };
}
