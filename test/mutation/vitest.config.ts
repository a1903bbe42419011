import { defineConfig } from 'vitest/config';
import { chosenRoom } from './rooms.ts';

// Properties are tried a few hundred times for each mutant; tests of properties read it.
process.env['RUNS'] ??= '300';

export default defineConfig({
  test: { include: [...chosenRoom().tests], testTimeout: 60_000, hookTimeout: 60_000 },
});
