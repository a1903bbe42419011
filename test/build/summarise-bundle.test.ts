import { expect, it } from 'vitest';
import { summariseBundle } from '../../build/summarise-bundle.ts';

// A list of prices that a handler imported was taken for code of parley's.
it('a bundle is made of packages, of each file of the author’s, data too, and of parley', () => {
  const inputs = {
    'lib/limits.ts': 20,
    'functions/reply.ts': 30,
    'bot/rules.generated.ts': 5,
    'bot/handlers.generated.ts': 1,
    'bot/handlers.ts': 70,
    'bot/data/prices.json': 90,
    'bot/node_modules/one/index.js': 8,
    'node_modules/one/lib/bot/x.js': 7,
    'node_modules/@two/three/index.js': 40,
    'node_modules/@two/three/node_modules/four/index.js': 3,
  };
  const outputs = {
    'dist/reply/index.cjs.map': { bytes: 9, inputs: {}, imports: [], exports: [] },
    'dist/reply/index.cjs': {
      bytes: 300,
      entryPoint: 'functions/reply.ts',
      inputs: Object.fromEntries(
        Object.entries(inputs).map(([file, bytesInOutput]) => [file, { bytesInOutput }]),
      ),
      imports: [],
      exports: [],
    },
  };
  expect(Object.entries(summariseBundle({ outputs }).packages)).toEqual([
    ['bot/data/prices.json', 90],
    ['bot/handlers.ts', 70],
    ['parley', 56],
    ['@two/three', 40],
    ['one', 15],
    ['four', 3],
  ]);
  expect(summariseBundle({ outputs }).bytes).toBe(300);
});
