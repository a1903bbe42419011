import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { PATIENCE_MS } from './test/support/patience.ts';

/**
 * Files that take long, the longest first; so none of them is left to run alone when all others are done. Their
 * coverage is not measured (test/support/coverage.ts).
 */
const SLOW = [
  'chaos/chaos',
  'simulation/simulation',
  'simulation/enumerate',
  'browser/accessibility',
  'browser/conversation',
  'browser/faults',
  'package/deploy',
  'browser/world',
  'package/zips',
  'simulation/loops',
  'browser/rules',
  'local/world/say',
  'talks/world',
  'package/template',
  'load/load',
  'hostile/evil-patterns',
  'hostile/accepted-patterns',
  'simulation/teeth/teeth',
  'simulation/outage',
  'simulation/late-commit',
  'rules/compile/check-pattern',
  'rules/decide.property',
  'hostile/recut-webhooks',
  'hostile/malformed',
  'webhook/recut',
  'emulator/fuzz',
  'local/world/start',
];
const slow = SLOW.map((name) => `test/${name}.test.ts`);

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

/** Quick and free of traces, so they share their workers: starting one for each file would take longer than the tests. */
const QUICK_ROOMS =
  'aws,bot,chaos,cli,contract,emulator,event,golden,guards,handlers,history,local/bot,local/page,mutation,openapi,queue,receive,reconcile,record,reply,rules,support,talks,text,twilio,webhook';
/** Replace a module, or something global. */
const APART = [
  'test/log.test.ts',
  'test/emulator/{determinism,openapi}.test.ts',
  'test/rules/match/{find-pattern,rule-count}.test.ts',
  'test/twilio/never-twice.test.ts',
];
const together = globSync([`test/{${QUICK_ROOMS}}/**/*.test.ts`, 'test/*.test.ts'], {
  exclude: [...APART, ...slow],
});
/** Above what a single wait may take, so that the wait says what did not come. */
const patience = { testTimeout: 2 * PATIENCE_MS, hookTimeout: 2 * PATIENCE_MS };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'together',
          include: together,
          isolate: false,
          ...patience,
        },
      },
      {
        test: {
          name: 'apart',
          include: ['test/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...together, ...slow],
          ...patience,
        },
      },
      {
        test: {
          name: 'slow',
          include: slow,
          env: { UNMEASURED: 'true' },
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
