import type { Message } from 'esbuild';
import type { Problem } from '../lib/rules/compile/problem.ts';

/** What esbuild has against a file, as the check says it. @param file how messages name what has no place */
export function problemsOf(error: unknown, file: string): readonly Problem[] {
  const errors = error instanceof Error && 'errors' in error ? error.errors : [];
  if (!Array.isArray(errors) || errors.length === 0 || !errors.every(isMessage))
    return [{ file, line: 1, column: 1, message: describeThrown(error) }];
  return errors.map(({ text, location }) => ({
    file: location === null || location.file === '<stdin>' ? file : location.file,
    line: location?.line ?? 1,
    column: (location?.column ?? 0) + 1,
    message: /[.!?]$/.test(text) ? text : `${text}.`,
  }));
}

/** What is thrown as a file is run may hold errors as well. */
function isMessage(error: unknown): error is Message {
  return error instanceof Object && 'text' in error && 'location' in error;
}

/** It may be anything, and may throw when it is asked what it is. */
export function describeThrown(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return 'It throws something that cannot be shown.';
  }
}
