import { describe, expect, it } from 'vitest';
import { findCircles, readImportGraph } from './support/import-graph.ts';

/** Everything but tests. */
const SOURCES = ['lib', 'functions', 'bot', 'emulator', 'local', 'cli', 'build', 'bench', 'talks'].map(
  (room) => `${room}/**/*.{ts,tsx}`,
);

describe('the imports of files', () => {
  const graph = readImportGraph(SOURCES);

  it('are read from every room', () => {
    expect(graph.size).toBeGreaterThan(200);
    expect(graph.get('functions/receive.ts')).toContain('lib/receive/receive.ts');
  });

  it('go in no circle, type imports included', () => {
    expect(findCircles(graph)).toEqual([]);
  });
});

describe('a circle', () => {
  it.each([
    ['of two', { a: ['b'], b: ['a'] }, [['a', 'b']]],
    [
      'of three, beside what leads into and out of it',
      { in: ['a'], a: ['b'], b: ['c'], c: ['a', 'out'] },
      [['a', 'b', 'c']],
    ],
    ['of one', { a: ['a'] }, [['a']]],
    ['is not two ways to one file', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, []],
    [
      'is found twice when there are two',
      { a: ['b'], b: ['a', 'c'], c: ['d'], d: ['c'] },
      [
        ['c', 'd'],
        ['a', 'b'],
      ],
    ],
  ] as const)('%s', (_name, graph, circles) => {
    expect(findCircles(new Map(Object.entries(graph)))).toEqual(circles);
  });
});
