import { BotError } from './errors.ts';

/** Everything wrong with the configuration, in one error. */
export class ConfigError extends BotError {
  override readonly name = 'ConfigError' as const;
  readonly code = 'config_invalid' as const;
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map((p) => `  - ${p}`).join('\n')}`,
    );
    this.problems = problems;
  }
}
