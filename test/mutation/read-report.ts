import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';

/** A change to the sources that Stryker made. */
export interface Mutant {
  readonly file: string;
  /** The line it is in, without its indentation; a line's number would change too often to be referred to. */
  readonly line: string;
  /** `was → is`, both on one line. */
  readonly change: string;
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

/** What a room's last run said of one file. */
interface FileRun {
  /** What it ran against, as a hash. */
  readonly code: string;
  readonly mutants: number;
  readonly survived: readonly Omit<Mutant, 'file'>[];
}

/** A room's last run, which stands in test/mutation/runs: Stryker's own report is megabytes. */
export interface RoomRun {
  /** As `2026-11-28`. */
  readonly day: string;
  readonly files: Readonly<Record<string, FileRun>>;
}

/** What the report of a run, as JSON, comes to. It leaves out files in which there is nothing to mutate, such as types. */
export function readReport(json: string, tried: readonly string[], day: string): RoomRun {
  const { files } = JSON.parse(json) as Report;
  const read = (name: string) => readFile(files[name] ?? { source: readFileSync(name, 'utf8'), mutants: [] });
  return { day, files: Object.fromEntries(tried.map((name) => [name, read(name)])) };
}

/** What a room's last run says of the code as it is now. */
export interface RoomReport {
  /** Undefined when there was none. */
  readonly day: string | undefined;
  readonly files: readonly { readonly file: string; readonly mutants: number; readonly survived: number }[];
  readonly survived: readonly Mutant[];
  /** Of these the run says nothing: they are new, or have changed since. */
  readonly untried: readonly string[];
}

/** Reads the run at `path`, which was to mutate `files`. */
export function readRun(path: string, files: readonly string[]): RoomReport {
  if (!existsSync(path)) return { day: undefined, files: [], survived: [], untried: files };
  const run = JSON.parse(readFileSync(path, 'utf8')) as RoomRun;
  const tried = files.flatMap((file) => {
    const known = run.files[file];
    return known?.code === codeOf(readFileSync(file, 'utf8')) ? [{ file, ...known }] : [];
  });
  return {
    day: run.day,
    files: tried.map(({ file, mutants, survived }) => ({ file, mutants, survived: survived.length })),
    survived: tried.flatMap(({ file, survived }) => survived.map((mutant) => ({ file, ...mutant }))),
    untried: files.filter((file) => !tried.some((each) => each.file === file)),
  };
}

/** A hash of what runs: without comments and types, which have no mutants. */
function codeOf(source: string): string {
  const { code } = transformSync(source, { loader: 'ts', minifyWhitespace: true, legalComments: 'none' });
  return createHash('sha256').update(code).digest('hex').slice(0, 16);
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

function readFile({ source, mutants }: ReportedFile): FileRun {
  const lines = source.split('\n');
  const tried = mutants.filter(({ status }) => status !== 'Ignored');
  const survived = tried.filter((mutant) => !isNoticed(mutant));
  return {
    code: codeOf(source),
    mutants: tried.length,
    survived: survived.map(({ location: { start, end }, replacement = '' }) => ({
      line: lines[start.line - 1]?.trim() ?? '',
      change: `${oneLine(cut(lines, start, end))} → ${oneLine(replacement)}`,
    })),
  };
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
