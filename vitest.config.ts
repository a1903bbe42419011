import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take long, the longest first; so none of them is left to run alone when all others are done. */
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
  'world/say',
  'package/template',
  'load/load',
  'hostile/evil-patterns',
  'simulation/teeth/teeth',
  'rules/compile/check-pattern',
  'local-service/fuzz',
  'world/start',
];

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = SLOW.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return at === -1 ? SLOW.length : at;
    };
    return files.toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Vitest's own default leaves a core idle.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: SlowFirst },
    coverage: {
      provider: 'v8',
      include: ['lib/**/*.ts'],
      reporter: ['json-summary'],
      thresholds: { statements: 97, branches: 95, functions: 97, lines: 97 },
    },
  },
});
