import { existsSync, readFileSync, statSync } from 'node:fs';
import { transformSync } from 'esbuild';

/** A change to the sources that Stryker made, and what the tests said of it. */
export interface Mutant {
  readonly file: string;
  /** The line it is in, without its indentation; a line's number would change too often to be referred to. */
  readonly line: string;
  /** `was → is`, both on one line. */
  readonly change: string;
  readonly noticed: boolean;
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** The parts of Stryker's report used here: https://github.com/stryker-mutator/mutation-testing-elements */
interface Report {
  readonly files: Readonly<Record<string, ReportedFile>>;
}

interface ReportedFile {
  readonly source: string;
  readonly mutants: readonly {
    readonly replacement?: string;
    readonly status: string;
    /** What went wrong, of a `RuntimeError`. */
    readonly statusReason?: string;
    readonly location: { readonly start: Position; readonly end: Position };
  }[];
}

type ReportedMutant = ReportedFile['mutants'][number];

/**
 * A mutant with which a test file cannot even be loaded is noticed; one over which the runner crashed is not, nor one
 * in whose run files were gone: no mutant takes a file away.
 */
function isNoticed({ status, statusReason = '' }: ReportedMutant): boolean {
  const unloadable =
    status === 'RuntimeError' &&
    statusReason.includes('error occurred outside of a test run') &&
    !statusReason.includes('Cannot find module');
  return unloadable || status === 'Killed' || status === 'Timeout';
}

/** What a room's last run says of the code as it is now. */
export interface RoomReport {
  /** Day of the run, as `2026-11-28`; undefined when there was none. */
  readonly day: string | undefined;
  readonly mutants: readonly Mutant[];
  /** Of these the run says nothing: they are new, or have changed since. */
  readonly untried: readonly string[];
}

/** Reads the report at `path` of a run that was to mutate `files`. */
export function readReport(path: string, files: readonly string[]): RoomReport {
  if (!existsSync(path)) return { day: undefined, mutants: [], untried: files };
  const report = (JSON.parse(readFileSync(path, 'utf8')) as Report).files;
  const isSame = (file: string) =>
    report[file] !== undefined && codeOf(report[file].source) === codeOf(readFileSync(file, 'utf8'));
  return {
    day: statSync(path).mtime.toISOString().slice(0, 10),
    mutants: files
      .filter(isSame)
      .flatMap((file) => (report[file] === undefined ? [] : readMutants(file, report[file]))),
    untried: files.filter((file) => !isSame(file)),
  };
}

/** What runs: without comments and types, which have no mutants. */
function codeOf(source: string): string {
  return transformSync(source, { loader: 'ts', minifyWhitespace: true, legalComments: 'none' }).code;
}

/** A report, as JSON, of the mutants alone that a test killed. */
export function killedOnly(json: string): string {
  const report = JSON.parse(json) as Report;
  const files = Object.entries(report.files).map(([name, file]) => {
    const mutants = file.mutants.filter(({ status }) => status === 'Killed');
    return [name, { ...file, mutants }] as const;
  });
  return JSON.stringify({ ...report, files: Object.fromEntries(files) });
}

function readMutants(file: string, { source, mutants }: ReportedFile): readonly Mutant[] {
  const lines = source.split('\n');
  return mutants
    .filter(({ status }) => status !== 'Ignored')
    .map((mutant) => {
      const { start, end } = mutant.location;
      return {
        file,
        line: lines[start.line - 1]?.trim() ?? '',
        change: `${oneLine(cut(lines, start, end))} → ${oneLine(mutant.replacement ?? '')}`,
        noticed: isNoticed(mutant),
      };
    });
}

/** Lines and columns count from one. */
function cut(lines: readonly string[], start: Position, end: Position): string {
  const wanted = lines.slice(start.line - 1, end.line);
  const last = wanted.length - 1;
  return wanted
    .map((text, i) => text.slice(i === 0 ? start.column - 1 : 0, i === last ? end.column - 1 : undefined))
    .join('\n');
}

const LONGEST = 100;

function oneLine(code: string): string {
  const line = code.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`;
}
