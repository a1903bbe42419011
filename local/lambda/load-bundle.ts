import { createRequire } from 'node:module';
import type { FunctionName } from '../../lib/config.ts';

const require = createRequire(import.meta.url);

/** Built with what any rules may need and without handlers, since both may change while it runs (build/build.mjs). */
const WHOLE: readonly FunctionName[] = ['reply'];

/**
 * Loads what `npm run build` made of a function: the bundle that goes to Lambda, of reply with all conditions and actions, and
 * no handlers.
 * A second call gives a fresh copy, so that a rebuilt bundle takes effect.
 */
export function loadBundle<T>(name: FunctionName): T {
  const folder = WHOLE.includes(name) ? 'dist/whole' : 'dist';
  const file = require.resolve(`../../${folder}/${name}/index.cjs`);
  delete require.cache[file];
  return require(file) as T;
}
