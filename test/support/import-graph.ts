import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What `globSync` leaves out: the folders of long proofs and of the bench have their own node_modules. */
export const FOREIGN_CODE = ['**/node_modules/**', '**/.stryker-tmp/**'];

/** What a file imports, dynamic and type imports included, as it is written. */
export function importsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?<!\.)\b(?:from|import|require)\s*\(?\s*'([^'\s]+)'/g)].map(
    ([, specifier = '']) => specifier,
  );
}

/** Which files of `patterns` each of them imports. */
export function readImportGraph(patterns: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const files = new Set(globSync(patterns, { exclude: FOREIGN_CODE }));
  return new Map(
    [...files].map((file) => {
      const targets = importsOf(readFileSync(file, 'utf8')).filter((specifier) => specifier.startsWith('.'));
      return [file, targets.map((target) => join(dirname(file), target)).filter((to) => files.has(to))];
    }),
  );
}

/**
 * The circles of a graph: groups of files each of which reaches all the others (Tarjan's strongly connected
 * components with more than one member, or with an arrow to itself).
 */
export function findCircles(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const path: string[] = [];
  const circles: (readonly string[])[] = [];
  const lower = (file: string, to: number) => low.set(file, Math.min(low.get(file) ?? to, to));

  function visit(file: string): void {
    const at = index.size;
    index.set(file, at);
    low.set(file, at);
    path.push(file);
    for (const target of graph.get(file) ?? []) {
      if (!index.has(target)) {
        visit(target);
        lower(file, low.get(target) ?? at);
      } else if (path.includes(target)) lower(file, index.get(target) ?? at);
    }
    if (low.get(file) !== at) return;
    const group = path.splice(path.indexOf(file));
    if (group.length > 1 || (graph.get(file) ?? []).includes(file)) circles.push(group.toSorted());
  }

  for (const file of graph.keys()) if (!index.has(file)) visit(file);
  return circles;
}
