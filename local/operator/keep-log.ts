import type { FunctionName } from '../../lib/config.ts';

/** A line that a function of the bot wrote. */
export interface KeptLine {
  /** Milliseconds since the epoch, in the world's time. */
  readonly at: number;
  readonly function: FunctionName;
  readonly line: string;
}

export interface KeptLog {
  add(line: KeptLine): void;
  between(from: number, to: number): readonly KeptLine[];
}

/** A world that runs for days must not fill the machine with what nobody asks for. */
const MOST = 20_000;

/** The last lines of the bot's log, as CloudWatch would keep them. */
export function keepLog(): KeptLog {
  let lines: KeptLine[] = [];
  return {
    add: (line) => {
      lines.push(line);
      if (lines.length > 2 * MOST) lines = lines.slice(-MOST);
    },
    between: (from, to) => lines.filter(({ at }) => at >= from && at <= to),
  };
}
