import { type Document, LineCounter, parseDocument, type YAMLError } from 'yaml';
import { locate, type Path } from './locate.ts';
import { toData } from './number-words.ts';
import type { Problem } from './problem.ts';
import { explainFault } from './yaml/explain-fault.ts';
import { findLostKeys } from './yaml/find-lost-keys.ts';
import { findSlips } from './yaml/find-slips.ts';
import type { Slip } from './yaml/slip.ts';
import { readWritten } from './yaml/written.ts';

/** A file's content as plain data, and the way back from a piece of it to its line. */
export interface YamlFile {
  /** Undefined when the file cannot be read as YAML at all; then `problems` says why. */
  readonly data: unknown;
  /**
   * The first syntax error, for all after it may only be its consequences; or every key that is given twice, or that
   * nothing can hold.
   */
  readonly problems: readonly Problem[];
  /** Where YAML may have taken what was typed for something else than its author meant. */
  readonly notes: readonly Problem[];
  /**
   * A problem at the value of `path`, or at the nearest thing around it that exists. Where a slip of the author
   * explains it better, that is told instead: the same object each time.
   */
  readonly at: (path: Path, message: string) => Problem;
  /** A problem at the last key of `path`. */
  readonly atKey: (path: Path, message: string) => Problem;
  /** `message` at the value of `path`, as it is. */
  readonly noteAt: (path: Path, message: string) => Problem;
}

/**
 * Reads YAML 1.2 (so `yes` and `no` are text, not booleans). JSON is YAML too.
 *
 * @param keys those that the file may have anywhere, to tell a slip from a text
 * @param allText whatever is written is text, as it is written: 007, true and nothing at all as well
 */
export function readYaml(
  file: string,
  source: string,
  keys: ReadonlySet<string> = new Set(),
  allText = false,
): YamlFile {
  // Old Macs ended lines with a carriage return; YAML's parser does not know that.
  const text = source.replace(/^\ufeff/, '').replace(/\r(?!\n)/g, '\n');
  const lines = new LineCounter();
  const problemAt = (offset: number, message: string): Problem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col), message };
  };
  let slips: readonly Told[] = [];
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'error',
      schema: allText ? 'failsafe' : 'core',
    });
    const written = readWritten(text, keys);
    const tell = (slip: Slip): Told => ({ ...slip, problem: problemAt(slip.at ?? slip.from, slip.message) });
    const lost = findLostKeys(document).map(tell);
    slips = [...lost, ...findSlips(written).map(tell)];
    const faults = inOrder([...document.errors, ...document.warnings]);
    const wrong = faults.find((fault) => fault.code !== 'DUPLICATE_KEY');
    const problems = (wrong === undefined ? faults : [wrong]).map((fault) => {
      const slip = slips.find((one) => explains(one, fault));
      if (slip !== undefined) return slip.problem;
      const { offset, message } = explainFault(fault, written);
      return problemAt(offset, message);
    });
    return {
      data: wrong === undefined ? toData(document) : undefined,
      problems: [...problems, ...lost.map(({ problem }) => problem)],
      notes: wrong === undefined ? slips.filter(({ note }) => note).map(({ problem }) => problem) : [],
      ...finder(document, problemAt, slips),
    };
  } catch (error) {
    // Aliases that point nowhere or multiply into a bomb, and nesting deeper than the stack.
    const alias = slips.find(({ breaks, from }) => breaks && text[from] === '*');
    const fault = alias?.problem ?? problemAt(0, `This is not usable YAML: ${messageOf(error)}`);
    const always = () => fault;
    return { data: undefined, problems: [fault], notes: [], at: always, atKey: always, noteAt: always };
  }
}

/** A slip, and the one problem that it is told as. */
type Told = Slip & { readonly problem: Problem };

/** A key given twice is where it is; any other fault may show long after the slip that causes it. */
function explains({ breaks, from, to }: Slip, { code, pos: [start, end] }: YAMLError): boolean {
  if (code === 'DUPLICATE_KEY') return from <= start && start < to;
  return breaks === true && from <= end;
}

function finder(
  document: Document,
  problemAt: (offset: number, message: string) => Problem,
  slips: readonly Told[],
): Pick<YamlFile, 'at' | 'atKey' | 'noteAt'> {
  const tell = (offset: number, message: string) => {
    const slip = slips.find(
      ({ from, to, explains: fits }) => from <= offset && offset < to && (fits?.(message) ?? true),
    );
    return slip?.problem ?? problemAt(offset, message);
  };
  return {
    at: (path, message) => tell(locate(document, path).value, message),
    atKey: (path, message) => tell(locate(document, path).key, message),
    noteAt: (path, message) => problemAt(locate(document, path).value, message),
  };
}

function inOrder(faults: readonly YAMLError[]): readonly YAMLError[] {
  return faults.toSorted((a, b) => a.pos[0] - b.pos[0]);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
