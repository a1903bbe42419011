import { readOtherwise } from '../read-otherwise.ts';

/**
 * Where each rule, and each `otherwise`, begins in the text of a rules file: line numbers from 1, by name. Looks for
 * the keys alone, as authors write them; what is written in some other way is not found.
 */
export function findLines(text: string, ids: readonly string[]): ReadonlyMap<string, number> {
  const lines = text.split('\n');
  const byId = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    const id = /^\s*(?:-\s+)?(?:\{\s*)?id:\s*(["']?)(?<id>[^\s"',}#]+)\1\s*(?:$|[,}#])/.exec(line)?.groups?.[
      'id'
    ];
    if (id !== undefined && !byId.has(id)) byId.set(id, index + 1);
  }
  const found = new Map<string, number>();
  for (const id of ids) {
    const last = readOtherwise(id);
    const line = last === undefined ? byId.get(id) : otherwiseOf(lines, byId, last.asker);
    if (line !== undefined) found.set(id, line);
  }
  return found;
}

/** The file's stands at the margin, a rule's own is the next after the rule begins. */
function otherwiseOf(
  lines: readonly string[],
  byId: ReadonlyMap<string, number>,
  asker: string | undefined,
): number | undefined {
  const isFile = asker === undefined;
  const from = isFile ? 0 : byId.get(asker);
  if (from === undefined) return undefined;
  const after = lines.slice(from).findIndex((line) => (isFile ? /^otherwise:/ : /^\s+otherwise:/).test(line));
  return after === -1 ? undefined : from + after + 1;
}
