/**
 * Builds what Lambda runs, and what the local world runs too: the rules as a module, then one bundle a function.
 * The same sources give the same bytes.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import { RulesError } from '../lib/rules/compile/rules-error.ts';
import { BUNDLE_OPTIONS } from './bundle-options.ts';
import { escapePatterns } from './escape-patterns.ts';
import { leaveOut } from './leave-out.ts';
import { leaveOutUnused } from './leave-out-unused.ts';
import { otherBot } from './other-bot.ts';
import { summariseBundle } from './summarise-bundle.ts';
import { lastRules, writeRules } from './write-rules.ts';

/** For `npm start`, which shows what is wrong with the rules itself: build with those before, and exit with 3. */
const mayBeBroken = process.argv.includes('--rules-may-be-broken');
const book = await writeRules('.', process.env.STAGE).catch((error) => {
  if (!(error instanceof RulesError)) throw error;
  if (mayBeBroken) {
    process.exitCode = 3;
    return lastRules('.');
  }
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});

const functions = readdirSync('functions')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
  .sort();

const { plugin, assertAllMet } = leaveOut();
const withoutHandlers = otherBot({ handlers: 'none' });
/**
 * For the local world, where rules and handlers may change at any moment: with what only other books need, and without the
 * handlers, which that reads itself and shows where they do not work.
 */
const whole = await bundle(
  'reply',
  {},
  {
    outfile: 'dist/whole/reply/index.cjs',
    plugins: [plugin, withoutHandlers, escapePatterns],
  },
);
/** Knows of the others by their hash: it looks everywhere after a deployment, which may have lost webhooks. */
const LAST = 'reconcile';
const others = await Promise.all(functions.filter((name) => name !== LAST).map(bundleOrShown));
const hash = createHash('sha256');
for (const { outputFiles } of others) for (const { contents } of outputFiles) hash.update(contents);
const last = await bundle(LAST, { PARLEY_BUILD: JSON.stringify(hash.digest('hex').slice(0, 16)) });
const bundles = functions.map((name) => (name === LAST ? last : others.shift()));
assertAllMet();

// Only now: a build that fails leaves the last good one alone.
rmSync('dist', { recursive: true, force: true });
for (const { path, contents } of [...bundles, whole].flatMap(({ outputFiles }) => outputFiles)) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}
const sizes = Object.fromEntries(
  bundles.map(({ metafile }, at) => [functions[at], summariseBundle(metafile)]),
);
writeFileSync('dist/bundles.json', `${JSON.stringify(sizes, undefined, 2)}\n`);

/** Where `npm start` shows what is wrong with handlers that cannot be bundled, a bundle without them is as good. */
async function bundleOrShown(name) {
  if (!mayBeBroken) return bundle(name);
  const silent = await bundle(name, {}, { logLevel: 'silent' }).catch(() => undefined);
  if (silent !== undefined) return silent;
  process.exitCode = 3;
  return bundle(name, {}, { plugins: [plugin, leaveOutUnused(book), withoutHandlers, escapePatterns] });
}

function bundle(name, constants = {}, others = {}) {
  return build({
    ...BUNDLE_OPTIONS,
    entryPoints: [`functions/${name}.ts`],
    outfile: `dist/${name}/index.cjs`,
    // Beside the bundle, not named in it and not in the zip: for reading stack traces at home.
    sourcemap: 'external',
    sourcesContent: false,
    define: { ...BUNDLE_OPTIONS.define, ...constants },
    plugins: [plugin, leaveOutUnused(book), escapePatterns],
    metafile: true,
    write: false,
    ...others,
  });
}
