import { isIn, type Meetings } from './find-meetings.ts';
import type { Link } from './list-spots.ts';

/** Links in the order of the spots they come from. */
export interface OrderedLinks {
  /** For each spot, where its links begin; they end where those of the next spot begin. */
  readonly starts: Int32Array;
  readonly links: readonly Link[];
  /** The places of the links that lead to one spot. */
  readonly byTarget: readonly (readonly number[])[];
}

/**
 * Links in groups. Those of a group lead to one spot, and from spots of which a text leads to one at most, so that
 * only the largest of them counts.
 */
export interface Sums extends OrderedLinks {
  /** For each link. */
  readonly groups: Int32Array;
  /** For each group, the spot it leads to. */
  readonly targets: readonly number[];
  /** For each group, the largest count: zero but while they are summed. */
  readonly largest: Float64Array;
  /** For each spot, what its groups come to: zero but while they are summed. */
  readonly sums: Float64Array;
}

/** @param count how many spots there are */
export function orderLinks(links: readonly Link[], count: number): OrderedLinks {
  const starts = new Int32Array(count + 1);
  const byTarget = new Map<number, number[]>();
  for (const [place, { from, to }] of links.entries()) {
    starts[from + 1] = place + 1;
    const own = byTarget.get(to);
    if (own === undefined) byTarget.set(to, [place]);
    else own.push(place);
  }
  for (let spot = 0; spot < count; spot++)
    starts[spot + 1] = Math.max(starts[spot + 1] ?? 0, starts[spot] ?? 0);
  return { starts, links, byTarget: [...byTarget.values()] };
}

/** The heaviest first, so that heavy ones come to be in one group. Spots that are not compared may all meet. */
export function groupLinks(
  ordered: OrderedLinks,
  counts: Float64Array,
  meetings: Meetings | undefined,
): Sums {
  const { links, byTarget } = ordered;
  const groups = new Int32Array(links.length);
  const targets: number[] = [];
  const weights = links.map(({ from, ways }) => (counts[from] ?? 0) * ways);
  for (const own of byTarget) {
    const to = links[own[0] ?? 0]?.to ?? 0;
    const heaviestFirst =
      meetings && own.length > 2 ? own.toSorted((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0)) : own;
    for (let left = heaviestFirst; left.length > 0; ) left = takeGroup(left, targets.push(to) - 1);
  }
  const largest = new Float64Array(targets.length);
  return { ...ordered, groups, targets, largest, sums: new Float64Array(counts.length) };

  /** The first link, and each that meets none of those before it in the group. The others are left. */
  function takeGroup(left: readonly number[], group: number): readonly number[] {
    const [first = 0] = left;
    groups[first] = group;
    if (left.length === 1 || meetings === undefined) return left.slice(1);
    const { rows, width } = meetings;
    const met = new Uint32Array(width);
    return left.filter((place) => {
      const from = links[place]?.from ?? 0;
      if (isIn(met, 0, from)) return true;
      groups[place] = group;
      for (let at = 0; at < width; at++) met[at] = (met[at] ?? 0) | (rows[from * width + at] ?? 0);
      return false;
    });
  }
}

/**
 * Raises what is known of each spot that is led to, to the sum over its groups.
 * @param live The spots with a count, and `counts` the counts of those.
 */
export function raiseToSums(
  { starts, links, groups, targets, largest, sums }: Sums,
  live: readonly number[],
  counts: readonly number[],
  known: Float64Array,
): void {
  const touched: number[] = [];
  for (let index = 0; index < live.length; index++) {
    const spot = live[index] ?? 0;
    const count = counts[index] ?? 0;
    const end = starts[spot + 1] ?? 0;
    for (let link = starts[spot] ?? 0; link < end; link++) {
      const group = groups[link] ?? 0;
      const before = largest[group] ?? 0;
      if (before === 0) touched.push(group);
      largest[group] = Math.max(before, count * (links[link]?.ways ?? 0));
    }
  }
  for (const group of touched) {
    const target = targets[group] ?? 0;
    sums[target] = (sums[target] ?? 0) + (largest[group] ?? 0);
    largest[group] = 0;
  }
  for (const group of touched) {
    const target = targets[group] ?? 0;
    known[target] = Math.max(known[target] ?? 0, sums[target] ?? 0);
    sums[target] = 0;
  }
}
