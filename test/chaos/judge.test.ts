import { describe, expect, it } from 'vitest';
import { judge, sum } from './judge.ts';

const ORDER = ['Order 1 ', 'We are sorry', 'Print', 'Order 2 '];
const SEEN = ['Order 1 is packed', 'We are sorry.', 'Print it', 'Order 2 is packed'];

describe('what a customer saw', () => {
  it.each<[string, readonly string[], [number, number, number]]>([
    ['is all in order', SEEN, [0, 0, 0]],
    ['is nothing', [], [4, 0, 0]],
    ['lacks a part', SEEN.toSpliced(2, 1), [1, 0, 0]],
    ['has a message twice in a row', SEEN.toSpliced(1, 0, 'Order 1 is packed'), [0, 1, 0]],
    ['has a message again later', [...SEEN, 'We are sorry.'], [0, 1, 0]],
    ['has a message nobody asked for', [...SEEN, 'Order 3 is packed'], [0, 1, 0]],
    ['has two parts the wrong way round', SEEN.toSpliced(1, 2, 'Print it', 'We are sorry.'), [0, 0, 1]],
    ['begins with the last', ['Order 2 is packed', ...SEEN.slice(0, 3)], [0, 0, 1]],
    ['lacks one and has another twice', [...SEEN.slice(0, 3), 'Print it'], [1, 1, 0]],
  ])('%s', (_what, seen, [lost, duplicated, reordered]) => {
    expect(judge(ORDER, seen, 0)).toEqual({ lost, waiting: 0, duplicated, reordered });
  });

  // Cause: at a load of 15 the load test called 80 of 108 messages lost that were on the queue when it looked.
  it('is not lost while something is under way', () => {
    expect(judge(ORDER, SEEN.slice(0, 1), 3)).toEqual({ lost: 0, waiting: 3, duplicated: 0, reordered: 0 });
  });

  it('adds up over customers', () => {
    const verdicts = [
      judge(ORDER, [], 0),
      judge(ORDER, SEEN.slice(1), 1),
      judge(ORDER, SEEN, 0),
      judge(ORDER, [...SEEN, 'x'], 0),
    ];
    expect(sum(verdicts)).toEqual({
      lost: 4,
      waiting: 1,
      duplicated: 1,
      reordered: 0,
    });
  });
});
