import { checkValuePath } from '../check-path.ts';
import { listOf, text } from '../shapes.ts';
import type { ConditionForm } from './condition-form.ts';
import { readLast } from './read-last.ts';

export const has: ConditionForm<readonly string[], readonly string[]> = {
  about: 'This value is there, such as remembered.order.',
  shape: listOf(text),
  check: (paths, spot, { names }) => {
    for (const [index, path] of paths.entries()) {
      const fault = checkValuePath(path, names);
      if (fault !== undefined) spot.at(index).problem(fault);
    }
  },
  compile: (paths) => readLast(paths, (path) => [path]),
};
