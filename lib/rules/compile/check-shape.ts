import * as z from 'zod/mini';
import type { Path } from './locate.ts';
import type { Problem } from './problem.ts';
import type { Page } from './read-yaml.ts';
import { suggest } from './suggest.ts';

/**
 * Checks the piece of a page at `path` against a schema. Pieces are checked one by one rather than the file as a
 * whole, so that a fault in one rule does not hide the faults in the others.
 *
 * @returns the checked data, or undefined when problems were added.
 */
export function checkShape<T>(
  schema: z.ZodMiniType<T>,
  input: unknown,
  path: Path,
  page: Page,
  problems: Problem[],
): T | undefined {
  const result = z.safeParse(schema, input);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const place = [...path, ...(issue.path as Path)];
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) problems.push(page.atKey([...place, key], unknownKey(key, schema)));
    } else {
      problems.push(page.at(place, issue.message));
    }
  }
  return undefined;
}

function unknownKey(key: string, schema: z.ZodMiniType): string {
  const allowed = schema instanceof z.ZodMiniObject ? Object.keys(schema.shape) : [];
  return `The key "${key}" is not known here. Allowed: ${allowed.join(', ')}.${suggest(key, allowed)}`;
}
