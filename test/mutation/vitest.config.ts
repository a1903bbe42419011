import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { chosenRoom } from './rooms.ts';

const { mutate, tests } = chosenRoom();
const nearest = new Set(mutate.map((file) => `${basename(file, '.ts')}.test.ts`));

/** A mutant is dropped at the first test that fails, and those named after what is mutated are the likeliest to. */
class NearestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => (nearest.has(basename(moduleId)) ? 0 : 1);
    return files.toSorted((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1));
  }
}

export default defineConfig({
  test: {
    include: [...tests],
    // One worker for all files: nothing here keeps state between files, and starting one for each costs more than the tests.
    isolate: false,
    sequence: { sequencer: NearestFirst },
    setupFiles: ['test/mutation/cheapen.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
