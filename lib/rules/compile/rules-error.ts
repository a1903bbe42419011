import { BotError } from '../../errors.ts';
import { formatProblem, type Problem } from './problem.ts';

/** The rules cannot be used. Lists every problem at once. */
export class RulesError extends BotError {
  override readonly name = 'RulesError' as const;
  readonly code = 'rules_invalid' as const;
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(`The rules cannot be used:\n${problems.map(formatProblem).join('\n')}`);
    this.problems = problems;
  }
}
