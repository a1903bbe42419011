/** Every BotError that is made, however deep and whoever catches it. */
export const madeErrors: Error[] = [];

/** What reached the batch, which swallows it. Filled by the mock of lib/queue/process-batch.ts. */
export const thrownByAnswer: unknown[] = [];

type BotErrorClass = typeof import('../../lib/errors.ts').BotError;

/** BotError for a mock of lib/errors.ts: the same, and each one is remembered. */
export function recordErrors(original: BotErrorClass): BotErrorClass {
  abstract class BotError extends original {
    constructor(message?: string, options?: ErrorOptions) {
      super(message, options);
      madeErrors.push(this);
    }
  }
  return BotError;
}
