import { BotError } from './errors.ts';

/** Everything wrong with the configuration, in one error. */
export class ConfigError extends BotError {
  override readonly name = 'ConfigError' as const;
  readonly code = 'config_invalid' as const;
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super(`The configuration has ${count}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}
