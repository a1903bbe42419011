/**
 * Every error parley throws on purpose. `code` is stable and part of the API; the message names the offending
 * value (never a secret or a customer's words), what is allowed, and how to mend it.
 */
export abstract class BotError extends Error {
  abstract readonly code: string;
  /** Whether the same call may succeed later without anybody mending anything. */
  readonly retryable: boolean = false;
  /** False when the other side may have acted although we saw a failure: look before doing it again. */
  readonly outcomeKnown: boolean = true;
  /** How long the other side asked to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined = undefined;

  override get name(): string {
    return this.constructor.name;
  }
}
