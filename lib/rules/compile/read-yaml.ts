import { LineCounter, parseDocument, type YAMLError } from 'yaml';
import { locate, type Path } from './locate.ts';
import { joinLists, toData } from './number-words.ts';
import type { Problem } from './problem.ts';
import { explainFault, TOO_DEEP } from './yaml/explain-fault.ts';
import { findLostKeys } from './yaml/find-lost-keys.ts';
import { findSlips } from './yaml/find-slips.ts';
import { readAliases } from './yaml/read-aliases.ts';
import type { Slip } from './yaml/slip.ts';
import { readWritten } from './yaml/written.ts';

/** A file's content as plain data, and the way back from a piece of it to its line. */
export interface YamlFile {
  /** Undefined when the file cannot be read as YAML at all; then `problems` says why. */
  readonly data: unknown;
  /**
   * The first syntax error, for all after it may only be its consequences; or every alias that stands for nothing or
   * too much, every key that is given twice, and every one that nothing can hold.
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
 * @param reading as YAML is (`data`); as a rules file, in which numbers may be words; with `text` whatever is written is text, as it is written: 007, true and nothing at all as well
 * @param keys those that the file may have anywhere, to tell a slip from a text
 */
export function readYaml(
  file: string,
  source: string,
  reading: 'data' | 'rules' | 'text' = 'data',
  keys: ReadonlySet<string> = new Set(),
): YamlFile {
  // Old Macs ended lines with a carriage return; YAML's parser does not know that.
  const text = source.replace(/^\ufeff/, '').replace(/\r(?!\n)/g, '\n');
  const lines = new LineCounter();
  const problemAt = (offset: number, message: string): Problem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col), message };
  };
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'error',
      schema: reading === 'text' ? 'failsafe' : 'core',
      uniqueKeys: false,
    });
    const written = readWritten(text, keys);
    const tell = (slip: Slip): Told => ({ ...slip, problem: problemAt(slip.at ?? slip.from, slip.message) });
    const { follow, faults } = readAliases(document);
    const lost = findLostKeys(document, follow).map(tell);
    const slips = [...lost, ...findSlips(written).map(tell)];
    const [wrong] = inOrder([...document.errors, ...document.warnings]);
    if (wrong !== undefined) {
      const slip = slips.find(({ breaks, from }) => breaks === true && from <= wrong.pos[1]);
      const { offset, message } = explainFault(wrong, written);
      return unreadable([slip?.problem ?? problemAt(offset, message)]);
    }
    const place = placer(problemAt, slips);
    if (faults.length > 0) return unreadable(faults.map(({ offset, message }) => place(offset, message)));
    if (reading === 'rules') joinLists(document, follow);
    const find = (path: Path) => locate(document.contents, path, follow);
    return {
      data: toData(document.contents, follow, reading === 'text' ? 'data' : reading),
      problems: lost.map(({ problem }) => problem),
      notes: slips.filter(({ note }) => note).map(({ problem }) => problem),
      at: (path, message) => place(find(path).value, message),
      atKey: (path, message) => place(find(path).key, message),
      noteAt: (path, message) => problemAt(find(path).value, message),
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return unreadable([problemAt(0, TOO_DEEP)]);
  }
}

/** A slip, and the one problem that it is told as. */
type Told = Slip & { readonly problem: Problem };

/** Nobody looks for a path in what could not be read; whoever does is told why. */
function unreadable(problems: readonly Problem[]): YamlFile {
  const always = () => problems[0] as Problem;
  return { data: undefined, problems, notes: [], at: always, atKey: always, noteAt: always };
}

/** Tells a problem at an offset; where a slip explains it better, that instead. */
function placer(problemAt: (offset: number, message: string) => Problem, slips: readonly Told[]) {
  return (offset: number, message: string): Problem => {
    const slip = slips.find(
      ({ from, to, explains: fits }) => from <= offset && offset < to && (fits?.(message) ?? true),
    );
    return slip?.problem ?? problemAt(offset, message);
  };
}

function inOrder(faults: readonly YAMLError[]): readonly YAMLError[] {
  return faults.toSorted((a, b) => a.pos[0] - b.pos[0]);
}
