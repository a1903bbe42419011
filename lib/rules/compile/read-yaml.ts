import { type Document, LineCounter, parseDocument } from 'yaml';
import { locate, type Path } from './locate.ts';
import { readNumbersAsWords } from './number-words.ts';
import type { Problem } from './problem.ts';

/** A file's content as plain data, and the way back from a piece of it to its line. */
export interface YamlFile {
  /** Undefined when the file cannot be read as YAML at all; then `problems` says why. */
  readonly data: unknown;
  /** Syntax errors, and keys given twice. */
  readonly problems: readonly Problem[];
  /** A problem at the value of `path`, or at the nearest thing around it that exists. */
  readonly at: (path: Path, message: string) => Problem;
  /** A problem at the last key of `path`. */
  readonly atKey: (path: Path, message: string) => Problem;
}

/** Reads YAML 1.2 (so `yes` and `no` are text, not booleans). JSON is YAML too. */
export function readYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const problemAt = (offset: number, message: string): Problem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col), message };
  };
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
    readNumbersAsWords(document);
    const faults = onePerPlace([...document.errors, ...document.warnings]);
    const readable = faults.every((fault) => fault.code === 'DUPLICATE_KEY');
    return {
      data: readable ? (document.toJS() as unknown) : undefined,
      problems: faults.map((fault) => problemAt(fault.pos[0], explain(fault, text))),
      ...finder(document, problemAt),
    };
  } catch (error) {
    // Aliases that point nowhere or multiply into a bomb, and nesting deeper than the stack.
    const fault = problemAt(0, `This is not usable YAML: ${messageOf(error)}`);
    return { data: undefined, problems: [fault], at: () => fault, atKey: () => fault };
  }
}

function finder(
  document: Document,
  problemAt: (offset: number, message: string) => Problem,
): Pick<YamlFile, 'at' | 'atKey'> {
  return {
    at: (path, message) => problemAt(locate(document, path).value, message),
    atKey: (path, message) => problemAt(locate(document, path).key, message),
  };
}

type Fault = Document['errors'][number] | Document['warnings'][number];

/** After a few faults the parser has lost its way; it also repeats itself for every bracket that is still open. */
const MAX_FAULTS = 10;

function onePerPlace(faults: readonly Fault[]): readonly Fault[] {
  const places = new Map(faults.toReversed().map((fault) => [fault.pos[0], fault]));
  return [...places.values()].reverse().slice(0, MAX_FAULTS);
}

function explain(fault: Fault, text: string): string {
  if (fault.code === 'MULTIPLE_DOCS') return 'A second document begins here. Remove the line "---".';
  if (fault.code !== 'DUPLICATE_KEY') return `This is not YAML: ${fault.message}.`;
  const key = /^["']?([^"':\s]*)/.exec(text.slice(fault.pos[0]))?.[1] ?? '';
  return `The key "${key}" is given twice. Keep one.`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
