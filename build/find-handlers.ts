import { SourceMap } from 'node:module';
import type { Message } from 'esbuild';
import type { HandlersFile, PlacedHandler } from '../lib/rules/compile/handlers-file.ts';
import type { Problem } from '../lib/rules/compile/problem.ts';
import type { SourceFile } from '../lib/rules/compile/source-file.ts';

/** The same file for the check, or why it cannot be read. */
export type FoundHandlers = { readonly ok: true; readonly found: HandlersFile } | NotFound;

interface NotFound {
  readonly ok: false;
  readonly problems: readonly Problem[];
}

/** As esbuild prints it: what is given to `handlers` begins here and ends there, a property stands in two spaces. */
const BEGINS = /^(?:export default|var \w+ =) (?:\w+\.)?handlers\(\{/;
const EMPTY = /handlers\(\{\}\)/;
const ENDS = /^\}\)/;
const PROPERTY =
  /^ {2}(?:(?:async|get|set) (?![(:])|\*)*(?:(["'])((?:\\.|(?!\1)[^\\])*)\1|([\p{ID_Continue}$]+)|(\.\.\.|\[))/u;

/**
 * The handlers of a file and where they stand, without running it: printed anew by esbuild, every property of what
 * `handlers` is given stands at the beginning of a line, and a source map leads back to where it was written.
 */
export async function findHandlers({ file, text }: SourceFile): Promise<FoundHandlers> {
  let printed: Printed;
  try {
    printed = await print(text, 'ts');
  } catch (error) {
    return { ok: false, problems: problemsOf(error, file) };
  }
  const begins = printed.lines.findIndex((line) => BEGINS.test(line));
  const first = printed.lines[begins];
  if (first === undefined)
    return notFound(file, 'There is no "export default handlers({ … })" in this file.');
  if (EMPTY.test(first)) return { ok: true, found: { file, handlers: [] } };
  const { lines, origin } = first.endsWith('({') ? printed : await breakLine(printed, begins);
  const handlers: PlacedHandler[] = [];
  for (const [at, line] of lines.entries()) {
    if (at <= begins) continue;
    if (ENDS.test(line)) break;
    const [, quote, quoted = '', plain, unnamed] = PROPERTY.exec(line) ?? [];
    if (unnamed !== undefined)
      return notFound(
        file,
        'Name each handler in this file: what comes with "..." or "[...]" cannot be checked.',
      );
    if (quote === undefined && plain === undefined) continue;
    const place = origin({ line: at, column: line.indexOf(plain ?? `${quote}${quoted}${quote}`) });
    const name = plain ?? quoted.replace(/\\(.)/gu, '$1');
    handlers.push({ name, line: place.line + 1, column: place.column + 1 });
  }
  return { ok: true, found: { file, handlers } };
}

/** Both count from 0. */
interface Position {
  readonly line: number;
  readonly column: number;
}

interface Printed {
  readonly lines: readonly string[];
  /** Where what stands there was written. */
  readonly origin: (printed: Position) => Position;
}

async function print(text: string, loader: 'ts' | 'js'): Promise<Printed> {
  const { transform } = await import('esbuild');
  const { code, map } = await transform(text, {
    loader,
    target: 'esnext',
    sourcemap: true,
    legalComments: 'none',
    charset: 'utf8',
    // So that no text of several lines looks like a property.
    supported: { 'template-literal': false },
  });
  const sources = new SourceMap(JSON.parse(map) as ConstructorParameters<typeof SourceMap>[0]);
  return {
    lines: code.split('\n'),
    origin: ({ line, column }) => {
      const entry = sources.findEntry(line, column);
      return 'originalLine' in entry
        ? { line: entry.originalLine, column: entry.originalColumn }
        : { line: 0, column: 0 };
    },
  };
}

/** esbuild leaves in one line what was written in one, unless there is a break in it. */
async function breakLine({ lines, origin }: Printed, at: number): Promise<Printed> {
  const line = lines[at] ?? '';
  const length = line.indexOf('({') + 2;
  const broken = [...lines.slice(0, at), line.slice(0, length), line.slice(length), ...lines.slice(at + 1)];
  const again = await print(broken.join('\n'), 'js');
  return {
    lines: again.lines,
    origin: (printed) => {
      const { line: row, column } = again.origin(printed);
      if (row <= at) return origin({ line: row, column });
      return origin(row === at + 1 ? { line: at, column: column + length } : { line: row - 1, column });
    },
  };
}

function notFound(file: string, message: string): NotFound {
  return {
    ok: false,
    problems: [
      {
        file,
        line: 1,
        column: 1,
        message: `${message} Write: export default handlers({ async orderStatus({ number }) { … } });`,
      },
    ],
  };
}

/** What esbuild has against a file, as the check says it. @param file how messages name what has no place */
export function problemsOf(error: unknown, file: string): readonly Problem[] {
  const errors = error instanceof Error && 'errors' in error ? error.errors : [];
  if (!Array.isArray(errors) || errors.length === 0 || !errors.every(isMessage))
    return [{ file, line: 1, column: 1, message: describeThrown(error) }];
  return errors.map(({ text, location }) => ({
    file: location === null || location.file === '<stdin>' ? file : location.file,
    line: location?.line ?? 1,
    column: (location?.column ?? 0) + 1,
    message: /[.!?]$/.test(text) ? text : `${text}.`,
  }));
}

/** What is thrown as a file is run may hold errors as well. */
function isMessage(error: unknown): error is Message {
  return error instanceof Object && 'text' in error && 'location' in error;
}

/** It may be anything, and may throw when it is asked what it is. */
export function describeThrown(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return 'It throws something that cannot be shown.';
  }
}
