import { compileRules } from '../lib/rules/compile/compile-rules.ts';
import { formatProblem } from '../lib/rules/compile/problem.ts';
import type { RuleBook } from '../lib/rules/types.ts';

export function bookOf(yaml: string): RuleBook {
  const compiled = compileRules(yaml);
  if (!compiled.ok) throw new Error(compiled.problems.map(formatProblem).join('\n'));
  return compiled.book;
}
