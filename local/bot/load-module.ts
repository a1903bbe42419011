import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileFunction, constants } from 'node:vm';
import { describeThrown, problemsOf } from '../../build/problems-of.ts';
import type { LeftErrors } from '../../lib/handlers/left-errors.ts';
import type { Problem } from '../../lib/rules/compile/problem.ts';
import { type MadeFile, placeOfError } from './place-of-error.ts';

/** What a file gives out by default, or why it cannot be run. */
export type LoadedModule<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const PARLEY = fileURLToPath(new URL('../../lib/handlers/index.ts', import.meta.url));
/** What becomes of errors that a file leaves where nobody awaits them, in what it started as it was loaded. */
export interface LeftByFile {
  readonly leftErrors: LeftErrors;
  readonly onLeft: (problem: Problem) => void;
}

/** Under which it is run, so that its frames are found in a stack. */
const RUN_AS = 'parley-own-code.cjs';
/** What a package does may lie deep below the author's line. */
const STACK_FRAMES = 200;

/**
 * Bundles a TypeScript file of a bot's folder with what it imports, as the build does, and runs it anew.
 * @param shown how messages name the folder
 */
export async function loadModule<T>(
  folder: string,
  name: string,
  shown: string,
  left?: LeftByFile,
): Promise<LoadedModule<T>> {
  let made: MadeFile & { readonly text: string };
  try {
    made = await bundle(folder, name);
  } catch (error) {
    const problems = problemsOf(error, name);
    return { ok: false, problems: problems.map((one) => ({ ...one, file: join(shown, one.file) })) };
  }
  const frames = Error.stackTraceLimit;
  try {
    Error.stackTraceLimit = STACK_FRAMES;
    const module: { exports: { readonly default?: T } } = { exports: {} };
    const run = compileFunction(made.text, ['module', 'exports', 'require'], {
      filename: RUN_AS,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    }) as (...given: readonly unknown[]) => void;
    const load = () => run(module, module.exports, createRequire(resolve(folder, name)));
    const onLeft = (error: unknown) => left?.onLeft(problemOf(error, made, name, shown));
    if (left === undefined) load();
    else left.leftErrors.during(onLeft, load);
    const value = module.exports.default;
    return value === undefined
      ? { ok: false, problems: [{ ...atTop(shown, name), message: 'It has no default export.' }] }
      : { ok: true, value };
  } catch (error) {
    return { ok: false, problems: [problemOf(error, made, name, shown)] };
  } finally {
    Error.stackTraceLimit = frames;
  }
}

function problemOf(thrown: unknown, made: MadeFile, name: string, shown: string): Problem {
  const message = describeThrown(thrown);
  const place = placeOfError(thrown, made, shown);
  if (place !== undefined) return { ...place, message };
  const why = "Where it was thrown nobody knows, because it is not an error: throw new Error('…').";
  return { ...atTop(shown, name), message: `${message} ${why}` };
}

async function bundle(folder: string, name: string): Promise<MadeFile & { readonly text: string }> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: resolve(folder),
    entryPoints: [name],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    outfile: RUN_AS,
    sourcemap: 'external',
    sourcesContent: false,
    write: false,
    logLevel: 'silent',
    alias: { parley: PARLEY },
  });
  const [map, made] = outputFiles;
  return { name: RUN_AS, text: made?.text ?? '', map: map?.text ?? '{}' };
}

function atTop(shown: string, name: string): Pick<Problem, 'file' | 'line' | 'column'> {
  return { file: join(shown, name), line: 1, column: 1 };
}
