/** Something wrong with a rules file, and where. Lines and columns count from 1, as editors do. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What is wrong, what is allowed, how to fix it. */
  readonly message: string;
}

/** `file:line:column: message`, which editors and terminals turn into a link. */
export function formatProblem({ file, line, column, message }: Problem): string {
  return `${file}:${line}:${column}: ${message}`;
}
