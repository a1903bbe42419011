import { BotError } from '../errors.ts';

/** A parameter Twilio would refuse, or that must not reach a URL. Nothing was sent. */
export class InvalidParameterError extends BotError {
  override readonly name = 'InvalidParameterError' as const;
  readonly code = 'invalid_parameter' as const;
  readonly field: string;

  /** @param problem What is wrong, what is allowed and how to fix it; never a customer's words. */
  constructor(field: string, problem: string) {
    super(`${field} ${problem}`);
    this.field = field;
  }
}

/** A parameter longer than Twilio takes. Nothing was sent. */
export class LimitExceededError extends BotError {
  override readonly name = 'LimitExceededError' as const;
  readonly code = 'limit_exceeded' as const;
  readonly field: string;
  readonly limit: number;
  readonly length: number;

  /** @param unit What is counted, in the plural: `characters`, `bytes`, `variables`. */
  constructor(field: string, limit: number, length: number, unit: string) {
    super(`${field} is ${length} ${unit} long; Twilio takes at most ${limit}. Shorten it.`);
    this.field = field;
    this.limit = limit;
    this.length = length;
  }
}
