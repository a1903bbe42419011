const { MUTATION_ROOM: room, MUTATION_AGAIN: again } = process.env;

/** `npm run mutation` runs it once a room (test/mutation/run-mutation.ts). */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  // Which tests cover a mutant is measured; vitest's guess from imports would leave some out.
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  // What the file holds was noticed before, by a test that is still there (run-mutation.ts writes it).
  incremental: again !== undefined,
  incrementalFile: again,
  concurrency: 2,
  timeoutMS: 20_000,
  // Stryker rewrites tsconfig.json with the TypeScript API of before version 7; a file that is not there is left alone.
  tsconfigFile: 'none.json',
  // Without biome.json, or the copy that an interrupted run leaves behind would be a second project to the linter.
  ignorePatterns: ['.serverless', 'bench', 'biome.json', 'coverage', 'dist', 'reports', 'test/browser'],
  reporters: ['clear-text', 'json', 'progress-append-only'],
  jsonReporter: { fileName: `reports/mutation/${room}.json` },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportMutants: false },
};
