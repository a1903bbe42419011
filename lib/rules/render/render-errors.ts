import { BotError } from '../../errors.ts';

/** A text grew over Twilio's limit through the values put into it. */
export class TextTooLongError extends BotError {
  override readonly name = 'TextTooLongError' as const;
  readonly code = 'text_too_long' as const;
  readonly field = 'Body' as const;
  readonly limit: number;
  readonly length: number;

  constructor(limit: number, length: number) {
    super(
      `Body is ${length} characters long; Twilio takes at most ${limit}. ` +
        'Give the text `split: true`, or bound what its pattern takes in, as in (?<name>.{1,200}).',
    );
    this.limit = limit;
    this.length = length;
  }
}

/** A text came out with nothing to read in it; Twilio refuses such a message (50503). */
export class BlankTextError extends BotError {
  override readonly name = 'BlankTextError' as const;
  readonly code = 'text_blank' as const;
  readonly field = 'Body' as const;

  constructor() {
    super('Body is blank after its values were put in. Give the values a default that says something.');
  }
}

/** A template variable came out as something that Twilio or WhatsApp refuses. */
export class VariableError extends BotError {
  override readonly name = 'VariableError' as const;
  readonly code = 'variable_invalid' as const;
  readonly field: string;
  readonly limit: number;
  readonly length: number;

  constructor(template: string, variable: string, limit: number, length: number) {
    super(
      length === 0
        ? `Variable ${variable} of template ${template} is empty, which WhatsApp refuses. Give its value a default.`
        : `Variable ${variable} of template ${template} is ${length} characters long; at most ${limit} are allowed. ` +
            'Bound what its pattern takes in, as in (?<name>.{1,100}).',
    );
    this.field = `ContentVariables.${variable}`;
    this.limit = limit;
    this.length = length;
  }
}

/** The variables are each short enough, and too long together. */
export class VariablesTooLongError extends BotError {
  override readonly name = 'VariablesTooLongError' as const;
  readonly code = 'variables_too_long' as const;
  readonly field = 'ContentVariables' as const;
  readonly limit: number;
  readonly length: number;

  constructor(template: string, limit: number, length: number) {
    super(
      `The variables of template ${template} are ${length} characters long as JSON; Twilio takes at most ${limit}. ` +
        'Put less into them, or fewer quotes and backslashes.',
    );
    this.limit = limit;
    this.length = length;
  }
}

/** A value to remember came out too long. */
export class RememberedTooLongError extends BotError {
  override readonly name = 'RememberedTooLongError' as const;
  readonly code = 'remembered_too_long' as const;
  readonly field: string;
  readonly limit: number;
  readonly length: number;

  constructor(name: string, limit: number, length: number) {
    super(
      `The value to remember as "${name}" is ${length} characters long; at most ${limit} are kept. ` +
        'Bound what its pattern takes in, as in (?<name>.{1,200}).',
    );
    this.field = `remember.${name}`;
    this.limit = limit;
    this.length = length;
  }
}
