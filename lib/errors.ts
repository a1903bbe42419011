/**
 * Every error parley throws on purpose. `code` is stable and part of the API; the message names the offending
 * value (never a secret or a customer's words), what is allowed, and how to fix it.
 */
export abstract class BotError extends Error {
  /**
   * The class's own, written out in each: `this.constructor.name` is whatever the minifier made of it, and that is what
   * AWS would report as the error's type.
   */
  abstract override readonly name: string;
  abstract readonly code: string;
  /** Whether the same call may succeed later without anybody fixing anything. */
  readonly retryable: boolean = false;
  /** False when the other side may have acted although we saw a failure: look before doing it again. */
  readonly outcomeKnown: boolean = true;
  /** How long the other side asked to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined = undefined;
}
