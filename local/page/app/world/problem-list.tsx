import type { Problem } from '../../../../lib/rules/compile/problem.ts';
import { CopyPlace } from '../ui/copy.tsx';

/** What is broken may be the code beside the rules. */
export function filesOf(problems: readonly Problem[]): string {
  return [...new Set(problems.map(({ file }) => file))].join(', ');
}

/** What is wrong or worth knowing, each with its place in the file. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <ul class="problems">
      {problems.map(({ file, line, column, message }) => (
        <li key={`${file}:${line}:${column}:${message}`}>
          <CopyPlace place={`${file}:${line}:${column}`} /> {message}
        </li>
      ))}
    </ul>
  );
}
