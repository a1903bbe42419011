import { createRequire } from 'node:module';
import type { FunctionName } from '../../lib/config.ts';

const require = createRequire(import.meta.url);

/**
 * Loads what `npm run build` made of a function: the very bundle that goes to Lambda.
 * A second call gives a fresh copy, so that a rebuilt bundle takes effect.
 */
export function loadBundle<T>(name: FunctionName): T {
  const file = require.resolve(`../../dist/${name}/index.cjs`);
  delete require.cache[file];
  return require(file) as T;
}
