import { BotError } from './errors.ts';

/** What an error goes by in logs, metrics and records; `defect` for one that nobody threw on purpose. */
export function errorCode(error: unknown): string {
  return error instanceof BotError ? error.code : 'defect';
}
