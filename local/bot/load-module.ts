import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { problemsOf } from '../../build/find-handlers.ts';
import type { Problem } from '../../lib/rules/compile/problem.ts';

/** What a file gives out by default, or why it cannot be run. */
export type LoadedModule<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const PARLEY = fileURLToPath(new URL('../../lib/handlers/index.ts', import.meta.url));

/**
 * Bundles a TypeScript file of a bot's folder with what it imports, as the build does, and runs it anew.
 * @param shown how messages name the folder
 */
export async function loadModule<T>(folder: string, name: string, shown: string): Promise<LoadedModule<T>> {
  const { build } = await import('esbuild');
  try {
    const { outputFiles } = await build({
      absWorkingDir: resolve(folder),
      entryPoints: [name],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node24',
      write: false,
      logLevel: 'silent',
      alias: { parley: PARLEY },
    });
    const module: { exports: { readonly default?: T } } = { exports: {} };
    const run = new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '');
    run(module, module.exports, createRequire(resolve(folder, name)));
    const value = module.exports.default;
    return value === undefined
      ? { ok: false, problems: [problem(shown, name, 'It has no default export.')] }
      : { ok: true, value };
  } catch (error) {
    const problems = problemsOf(error, name);
    return { ok: false, problems: problems.map((one) => ({ ...one, file: join(shown, one.file) })) };
  }
}

function problem(shown: string, name: string, message: string): Problem {
  return { file: join(shown, name), line: 1, column: 1, message };
}
