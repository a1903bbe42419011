import v8 from '@vitest/coverage-v8';
import type { CoverageProviderModule } from 'vitest/node';

/** Set by the project of vitest.config.ts whose files go without. */
const isMeasured = () => process.env['UNMEASURED'] === undefined;

/**
 * V8's coverage, but for the files that take long: counting makes hot loops run three times slower, and the short ones
 * come by all that these come by.
 * @see https://vitest.dev/guide/coverage.html#custom-coverage-provider
 */
const coverage: CoverageProviderModule = {
  getProvider: () => v8.getProvider(),
  startCoverage: (options) => (isMeasured() ? v8.startCoverage?.(options) : undefined),
  takeCoverage: (options) => (isMeasured() ? v8.takeCoverage?.(options) : undefined),
  stopCoverage: (options) => (isMeasured() ? v8.stopCoverage?.(options) : undefined),
};

export default coverage;
