import { afterEach, describe, expect, it, vi } from 'vitest';
import { boundMatch, boundSearch } from '../../../../lib/rules/compile/pattern/bound-steps.ts';
import { buildAutomaton } from '../../../../lib/rules/compile/pattern/build-automaton.ts';
import { countOneText } from '../../../../lib/rules/compile/pattern/count-one-text.ts';
import { countSteps } from '../../../../lib/rules/compile/pattern/count-steps.ts';
import { findMeetings, isIn } from '../../../../lib/rules/compile/pattern/find-meetings.ts';
import { groupLinks, orderLinks } from '../../../../lib/rules/compile/pattern/group-links.ts';
import { listSpots } from '../../../../lib/rules/compile/pattern/list-spots.ts';
import { parsePattern, partsOf } from '../../../../lib/rules/compile/pattern/parse-pattern.ts';

vi.mock('../../../../lib/rules/compile/pattern/find-meetings.ts', { spy: true });

const TEXT = { length: 4_096, limit: 2_000_000 };
const link = (from: number, to: number, ways = 1) => ({ from, to, ways });
const move = (links: readonly ReturnType<typeof link>[]) => ({
  letter: undefined,
  links,
  costs: [],
  accepts: [],
});

describe('the steps of one text', () => {
  afterEach(() => void vi.clearAllMocks());

  it.each([['.{1,900}x'], ['^.{0,300}a.{0,300}b.{0,300}c$'], ['(?:\\w{1,9} ?){9}!']])(
    'are enough to refuse %s, where all pairs were compared for seconds',
    (source) => {
      expect(boundSearch(partsOf(parsePattern(source)), TEXT)).toBeGreaterThan(TEXT.limit);
      expect(findMeetings).not.toHaveBeenCalled();
    },
  );

  it('are enough for one place in the text too', () => {
    expect(boundMatch(partsOf(parsePattern('(?:\\w{1,9} ?){9}!')), TEXT)).toBeGreaterThan(TEXT.limit);
    expect(findMeetings).not.toHaveBeenCalled();
  });

  it.each(
    [
      'a?a?b',
      '(?:a|b){5}c',
      '\\b\\w{1,3} \\d',
      '^(?:ab?)+$',
      '(?:a|ab|b){2,}c',
      '(?:a+)+|b',
      '^',
      'a*(?<x>b)',
    ].flatMap((source) => [true, false].map((everywhere) => ({ source, everywhere }))),
  )('are never more than those of the worst: %j', ({ source, everywhere }) => {
    const automaton = buildAutomaton(partsOf(parsePattern(source)), { length: 9, countInner: () => 0 });
    const spots = listSpots(automaton, { begin: 'start', everywhere, memory: 0 });
    const text = { length: 9, limit: Number.POSITIVE_INFINITY };
    expect(countOneText(spots, text)).toBeLessThanOrEqual(countSteps(spots, { ...text, compare: true }));
  });
});

describe('comparing spots', () => {
  it('finds those that one text leads to', () => {
    const meetings = findMeetings({
      count: 4,
      moves: [move([link(0, 1), link(0, 2)]), move([link(0, 3)])],
    });
    const meet = (a: number, b: number) => meetings && isIn(meetings.rows, a * meetings.width, b);
    expect([meet(1, 2), meet(2, 1), meet(1, 3), meet(3, 2), meet(3, 3)]).toEqual([
      true,
      true,
      false,
      false,
      true,
    ]);
  });

  it.each([
    ['spots', { count: 1_501, moves: [] }],
    ['links', { count: 2, moves: [move(Array.from({ length: 4_500 }, () => link(0, 1)))] }],
  ])('gives up where there are too many %s', (_, spots) => {
    expect(findMeetings(spots)).toBeUndefined();
  });

  it('puts the heaviest together that no text leads to at once, and others apart', () => {
    // 0 and 1 meet, 2 meets neither.
    const meetings = { rows: Uint32Array.of(0b011, 0b011, 0b100), width: 1 };
    const links = orderLinks([link(0, 0), link(1, 0, 5), link(2, 0, 3), link(2, 1)], 3);
    const grouped = groupLinks(links, Float64Array.of(1, 1, 1), meetings);
    expect([...grouped.groups]).toEqual([1, 0, 0, 2]);
    expect(grouped.targets).toEqual([0, 0, 1]);
    expect([...groupLinks(links, Float64Array.of(1, 1, 1), undefined).groups]).toEqual([0, 1, 2, 3]);
  });
});
