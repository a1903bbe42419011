import type { BuildOptions } from 'esbuild';
import { UNDICI_WITHOUT_MILO } from './leave-out.ts';

/** How esbuild makes of a function what Lambda runs, wherever it is bundled: in the build, and in proofs of the bundles. */
export const BUNDLE_OPTIONS = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  // A large CommonJS bundle loads faster than an ES module: importing node:http from one loads the built-in undici.
  format: 'cjs',
  // Without these esbuild takes the CommonJS half of each AWS package, which cannot be shaken.
  mainFields: ['module', 'main'],
  minify: true,
  // `await import('node:http')` becomes a require, for the same reason as `format`.
  supported: { 'dynamic-import': false },
  define: UNDICI_WITHOUT_MILO,
  logLevel: 'warning',
} satisfies BuildOptions;
