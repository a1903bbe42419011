/** Ends a command with one line for people, and no stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError' as const;
  readonly code = 'command_ended' as const;
  /** FAILED or MISUSED, see command.ts. */
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}
