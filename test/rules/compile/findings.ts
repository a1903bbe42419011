import { type CompileOptions, compileRules } from '../../../lib/rules/compile/compile-rules.ts';

/** A rules file of these lines under "rules", which begin in line 3; what else it holds stands below them. */
export function fileOf(rules: readonly string[], more = ''): string {
  return `version: 1\nrules:\n${rules.map((rule) => `  - ${rule}\n`).join('')}${more}`;
}

/** What the check reports, each with its place; notes begin with "note:". */
export function findingsOf(text: string, options: CompileOptions = {}): readonly string[] {
  const compiled = compileRules(text, options);
  const problems = compiled.ok ? [] : compiled.problems;
  const shown = (mark: string) => (one: { line: number; column: number; message: string }) =>
    `${mark}${one.line}:${one.column} ${one.message}`;
  return [...problems.map(shown('')), ...compiled.notes.map(shown('note: '))];
}
