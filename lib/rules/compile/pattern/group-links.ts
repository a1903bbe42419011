import type { Meet } from './find-meetings.ts';
import type { Link } from './list-spots.ts';

/**
 * Links in groups. Those of a group lead to one spot, and from spots of which a text leads to one at most, so that
 * only the largest of them counts.
 */
export interface Sums {
  /** For each spot, where its links begin; they end where those of the next spot begin. */
  readonly starts: Int32Array;
  readonly groups: Int32Array;
  readonly ways: Float64Array;
  /** For each group, the spot it leads to. */
  readonly targets: readonly number[];
  /** For each group, the largest count: zero but while they are summed. */
  readonly largest: Float64Array;
}

/** The heaviest first, so that heavy ones come to be in one group. Spots that are not compared may all meet. */
export function groupLinks(links: readonly Link[], counts: Float64Array, meet: Meet | undefined): Sums {
  const groups: Link[][] = [];
  const targets: number[] = [];
  for (const own of Map.groupBy(links, ({ to }) => to).values()) {
    const first = groups.length;
    for (const link of meet === undefined ? own : own.sort((a, b) => weigh(b) - weigh(a))) {
      const group =
        meet && groups.slice(first).find((members) => members.every((other) => !meet(other.from, link.from)));
      if (group !== undefined) group.push(link);
      else targets[groups.push([link]) - 1] = link.to;
    }
  }
  const sorted = groups
    .flatMap((members, group) => members.map((link) => ({ ...link, group })))
    .sort((a, b) => a.from - b.from);
  const starts = new Int32Array(counts.length + 1);
  for (const { from } of sorted) starts[from + 1] = (starts[from + 1] ?? 0) + 1;
  for (let spot = 0; spot < counts.length; spot++)
    starts[spot + 1] = (starts[spot + 1] ?? 0) + (starts[spot] ?? 0);
  return {
    starts,
    groups: Int32Array.from(sorted, ({ group }) => group),
    ways: Float64Array.from(sorted, ({ ways }) => ways),
    targets,
    largest: new Float64Array(groups.length),
  };

  function weigh({ from, ways }: Link): number {
    return (counts[from] ?? 0) * ways;
  }
}

/**
 * For each spot that is led to, the sum over its groups.
 * @param live The spots with a count, and `counts` the counts of those.
 */
export function sumLargest(
  { starts, groups, ways, targets, largest }: Sums,
  live: readonly number[],
  counts: readonly number[],
  found: (spot: number, sum: number) => void,
): void {
  const touched: number[] = [];
  for (const [index, spot] of live.entries()) {
    const count = counts[index] ?? 0;
    const end = starts[spot + 1] ?? 0;
    for (let link = starts[spot] ?? 0; link < end; link++) {
      const group = groups[link] ?? 0;
      const before = largest[group] ?? 0;
      if (before === 0) touched.push(group);
      largest[group] = Math.max(before, count * (ways[link] ?? 0));
    }
  }
  const sums = new Map<number, number>();
  for (const group of touched) {
    const target = targets[group] ?? 0;
    sums.set(target, (sums.get(target) ?? 0) + (largest[group] ?? 0));
    largest[group] = 0;
  }
  for (const [spot, sum] of sums) found(spot, sum);
}
