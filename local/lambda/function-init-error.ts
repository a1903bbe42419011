import type { InvokeError } from './runtime-api.ts';

/** The function ended or reported an error before it asked for its first event. */
export class FunctionInitError extends Error {
  override readonly name = 'FunctionInitError' as const;
  readonly errorType: string;
  readonly output: string;
  constructor({ errorType, errorMessage }: InvokeError, output: string) {
    super(`${errorType}: ${errorMessage}`);
    this.errorType = errorType;
    this.output = output;
  }
}
