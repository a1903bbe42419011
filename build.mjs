/**
 * Builds what Lambda runs, and what the local world runs too: the rules as a module, then one bundle a function.
 * The same sources give the same bytes.
 */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { leaveOut, UNDICI_WITHOUT_MILO } from './leave-out.ts';

const functions = readdirSync('functions')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
  .sort();

rmSync('dist', { recursive: true, force: true });
const { plugin, assertAllMet } = leaveOut();
const bundles = await Promise.all(functions.map(bundle));
assertAllMet();
writeFileSync('dist/bundles.json', `${JSON.stringify(Object.fromEntries(bundles), undefined, 2)}\n`);

async function bundle(name) {
  const outfile = `dist/${name}/index.cjs`;
  const { metafile } = await build({
    entryPoints: [`functions/${name}.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    // A large CommonJS bundle loads faster than an ES module: importing node:http from one loads the built-in undici.
    format: 'cjs',
    // Without these esbuild takes the CommonJS half of each AWS package, which cannot be shaken.
    mainFields: ['module', 'main'],
    minify: true,
    // Beside the bundle, not named in it and not in the zip: for reading stack traces at home.
    sourcemap: 'external',
    sourcesContent: false,
    // `await import('node:http')` becomes a require, for the same reason as `format`.
    supported: { 'dynamic-import': false },
    define: UNDICI_WITHOUT_MILO,
    plugins: [plugin],
    metafile: true,
    logLevel: 'warning',
  });
  return [name, summarise(metafile.outputs[outfile])];
}

/** Bytes in all, and by package, largest first. */
function summarise({ bytes, inputs }) {
  const packages = new Map();
  for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
    const name = file.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? 'parley';
    packages.set(name, (packages.get(name) ?? 0) + bytesInOutput);
  }
  return { bytes, packages: Object.fromEntries([...packages].sort((a, b) => b[1] - a[1])) };
}
