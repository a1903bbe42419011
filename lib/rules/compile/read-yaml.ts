import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  type ParsedNode,
  parseDocument,
} from 'yaml';
import type { Problem } from './problem.ts';

/** Keys and list places from the top of the file down. */
export type Path = readonly (string | number)[];

/** A file's content as plain data, and the way back from a piece of it to its line. */
export interface Page {
  readonly file: string;
  /** Undefined when the file cannot be read as YAML at all. */
  readonly data: unknown;
  /** Syntax errors and keys given twice. */
  readonly problems: readonly Problem[];
  /** A problem at the value of `path`, or at the nearest thing around it that exists. */
  readonly at: (path: Path, message: string) => Problem;
  /** A problem at the last key of `path`. */
  readonly atKey: (path: Path, message: string) => Problem;
}

/** Reads YAML 1.2 (so `yes` and `no` are text, not booleans). JSON is YAML too. */
export function readYaml(file: string, text: string): Page {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number, message: string): Problem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col), message };
  };
  const faults = [...document.errors, ...document.warnings];
  const problems = faults.map((fault) =>
    fault.code === 'DUPLICATE_KEY'
      ? at(fault.pos[0], `The key ${keyAt(text, fault.pos[0])} is given twice. Keep one.`)
      : at(fault.pos[0], `This is not YAML: ${fault.message}.`),
  );
  const page = {
    file,
    at: (path: Path, message: string) => at(locate(document.contents, path).value, message),
    atKey: (path: Path, message: string) => at(locate(document.contents, path).key, message),
  };
  if (faults.some((fault) => fault.code !== 'DUPLICATE_KEY')) return { ...page, data: undefined, problems };
  try {
    return { ...page, data: document.toJS() as unknown, problems };
  } catch (error) {
    // Aliases that point nowhere, or that multiply into a bomb.
    return { ...page, data: undefined, problems: [at(0, `This is not usable YAML: ${String(error)}`)] };
  }

  function locate(root: ParsedNode | null, path: Path): { key: number; value: number } {
    let node: Node | null | undefined = root;
    let found = { key: startOf(root) ?? 0, value: startOf(root) ?? 0 };
    for (const step of path) {
      if (isAlias(node)) node = node.resolve(document);
      if (isMap<Node, Node | null>(node)) {
        const pair: Pair<Node, Node | null> | undefined = node.items.find(
          ({ key }) => isScalar(key) && String(key.value) === String(step),
        );
        if (pair === undefined) return found;
        const key = startOf(pair.key) ?? found.value;
        found = { key, value: startOf(pair.value) ?? key };
        node = pair.value;
      } else if (isSeq<Node>(node)) {
        node = node.items[Number(step)];
        const value = startOf(node) ?? found.value;
        found = { key: value, value };
      } else {
        return found;
      }
    }
    return found;
  }
}

function startOf(node: Node | null | undefined): number | undefined {
  return node?.range?.[0];
}

function keyAt(text: string, offset: number): string {
  return JSON.stringify(/^["']?([^"':\s]*)/.exec(text.slice(offset))?.[1] ?? '');
}
