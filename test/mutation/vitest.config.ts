import { defineConfig } from 'vitest/config';
import { chosenRoom } from './rooms.ts';

export default defineConfig({
  test: {
    include: [...chosenRoom().tests],
    // One worker for all files: nothing here keeps state between files, and starting one for each costs more than the tests.
    isolate: false,
    setupFiles: ['test/mutation/cheapen.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
