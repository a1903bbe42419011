import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the stack is, and so not a setting of it. */
export const REGION = 'AWS_REGION';

/** Where in the template `${env:NAME, …}` stands, and so what a deployment takes from its environment. */
const TEMPLATE = ['serverless.yml', 'stack/*.yml'];

/**
 * The environment variables that the template takes: what a stage's file may hold.
 *
 * @param folder the project's
 */
export function deployNames(folder: string): readonly string[] {
  const files = globSync(TEMPLATE, { cwd: folder }).map((file) => readFileSync(join(folder, file), 'utf8'));
  const names = files.flatMap((text) => [...text.matchAll(/\benv:([A-Z][A-Z0-9_]*)/g)]);
  return [...new Set(names.map(([, name = '']) => name))].toSorted();
}
