import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { ownTests } from './test/support/own-tests.ts';
import { PATIENCE_MS } from './test/support/patience.ts';

/**
 * Files that take long, the longest first; so none of them is left to run alone when all others are done. Their
 * coverage is not measured (test/support/coverage.ts). These start processes, and have a worker each.
 */
const SLOW_APART = [
  'chaos/chaos',
  'local/world/start',
  'package/deploy',
  'local/world/say',
  'load/load',
  'simulation/teeth/teeth',
  'package/template',
  'hostile/evil-patterns',
  'hostile/accepted-patterns',
];
/** These share their workers, as the quick ones do. */
const SLOW_TOGETHER = [
  'simulation/simulation',
  'simulation/loops',
  'simulation/enumerate',
  'cli/operating',
  'local/world/world',
  'cli/acting/deployed',
  'cli/stage-commands',
  'cli/doctor/doctor',
  'alarms/alarms',
  'rules/decide.property',
  'simulation/outage',
  'simulation/profiles',
  'talks/world',
  'simulation/scale',
  'rules/compile/pattern/bound-steps.property',
  'rules/compile/check-pattern',
  'webhook/recut',
  'hostile/recut-webhooks',
  'hostile/malformed',
  'simulation/late-commit',
  'emulator/fuzz',
  'reconcile/cost',
];
/** These share one Chromium (test/browser/global-setup.ts), and their workers, which keep a page in it. */
const BROWSER = 'test/browser/**/*.test.ts';
const SLOW_BROWSER = [
  'browser/accessibility',
  'browser/conversation',
  'browser/faults',
  'browser/world',
  'browser/rules',
];
const slowApart = SLOW_APART.map(toFile);
const slowTogether = SLOW_TOGETHER.map(toFile);
const slow = [...SLOW_BROWSER.map(toFile), ...slowApart, ...slowTogether];

function toFile(name: string): string {
  return `test/${name}.test.ts`;
}

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = slow.findIndex((file) => moduleId.endsWith(`/${file}`));
      return at === -1 ? slow.length : at;
    };
    return files.toSorted((a, b) => place(a) - place(b));
  }
}

/** Vitest asks a sequencer of ours first, whatever its command line says of the order. */
const ordered = process.argv.some((argument) => argument.startsWith('--sequence.'))
  ? {}
  : { sequencer: SlowFirst };

/** Of rooms that lib/ is not in: they come by little of it that its own tests do not, and counting slows each down. */
const BESIDE_LIB =
  'test/{alarms,bench,bot,build,chaos,cli,emulator,load,local,mutation,openapi,package,simulation,talks}/**/*.test.ts';

/** Replace a module, or something global. All others share their workers: to start one for each takes longer than its tests. */
const APART = [
  'test/log.test.ts',
  'test/canaries/{no-leak,outside}.test.ts',
  'test/emulator/{determinism,openapi}.test.ts',
  'test/hostile/constant-time.test.ts',
  'test/local/lambda/lambda-runtime.test.ts',
  'test/rules/compile/pattern/count-steps.test.ts',
  'test/rules/match/{find-pattern,rule-count}.test.ts',
  'test/twilio/never-twice.test.ts',
];
/**
 * Node imports the files itself and only strips their types, so nothing is transformed, and no imported name is looked
 * up again at each use. What is replaced (APART) needs Vite, and so does what is measured: branches that a file took in
 * an earlier test of its worker would be missing.
 */
const asNode = { experimental: { viteModuleRunner: false, nodeLoader: false } };
/** Above what a single wait may take, so that the wait says what did not come. */
const patience = { testTimeout: 2 * PATIENCE_MS, hookTimeout: 2 * PATIENCE_MS };

/** What lib/'s coverage is not counted in. */
const unmeasured = { env: { UNMEASURED: 'true' }, setupFiles: ['test/support/keep-compiled.ts'] };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: ['**/node_modules/**', BESIDE_LIB, BROWSER, ...APART, ...slow],
          isolate: false,
          ...patience,
        },
      },
      {
        test: {
          name: 'together beside lib',
          include: [BESIDE_LIB],
          exclude: ['**/node_modules/**', ...APART, ...slow],
          isolate: false,
          ...unmeasured,
          ...asNode,
          ...patience,
        },
      },
      {
        test: {
          name: 'apart',
          include: [...APART, ...ownTests('.')],
          ...patience,
        },
      },
      {
        test: {
          name: 'browser',
          include: [BROWSER],
          globalSetup: ['test/browser/global-setup.ts'],
          isolate: false,
          ...unmeasured,
          ...asNode,
          ...patience,
        },
      },
      {
        test: {
          name: 'slow apart',
          include: slowApart,
          ...unmeasured,
          ...asNode,
          ...patience,
        },
      },
      {
        test: {
          name: 'slow together',
          include: slowTogether,
          isolate: false,
          ...unmeasured,
          ...asNode,
          ...patience,
        },
      },
    ],
    // Vitest's own default leaves a core idle.
    maxWorkers: availableParallelism(),
    sequence: ordered,
    coverage: {
      provider: 'custom',
      customProviderModule: './test/support/coverage.ts',
      include: ['lib/**/*.ts'],
      reporter: ['json-summary'],
      thresholds: { statements: 97, branches: 95, functions: 97, lines: 97 },
    },
  },
});
