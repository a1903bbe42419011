/** Where a command reads and writes. Lines come without their newline. */
export interface Terminal {
  readonly cwd: string;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/** Exit statuses, as Unix has them. */
export const DONE = 0;
export const FAILED = 1;
export const MISUSED = 2;

/** One word after `parley`. Adding one takes a file in commands/ and a line in main.ts. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The whole help text. */
  readonly help: string;
  /** @returns the exit status */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<number>;
}
