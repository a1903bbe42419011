import type { Spots } from './list-spots.ts';

/** Whether some text brings searches to two spots at once. */
export type Meet = (spot: number, other: number) => boolean;

/** Beyond these nothing is compared, and all are taken to meet. */
const MOST_SPOTS = 1_500;
const MOST_WORK = 20_000_000;

/** Goes through all pairs of spots that are reached by the same text, beginning with the first spot twice. */
export function findMeetings({ count, moves }: Spots): Meet | undefined {
  if (count > MOST_SPOTS) return undefined;
  const meet = new Uint8Array(count * count);
  const reached: number[] = [];
  const targets = moves.map(({ links }) => {
    const byOrigin: number[][] = Array.from({ length: count }, () => []);
    for (const { from, to } of links) byOrigin[from]?.push(to);
    return byOrigin;
  });
  let work = 0;
  add(0, 0);
  for (let pair = reached.pop(); pair !== undefined; pair = reached.pop()) {
    for (const byOrigin of targets) {
      const some = byOrigin[Math.floor(pair / count)] ?? [];
      const others = byOrigin[pair % count] ?? [];
      work += 1 + some.length * others.length;
      if (work > MOST_WORK) return undefined;
      for (const a of some) for (const b of others) add(a, b);
    }
  }
  return (spot, other) => meet[spot * count + other] === 1;

  function add(a: number, b: number): void {
    if (meet[a * count + b] === 1) return;
    meet[a * count + b] = 1;
    meet[b * count + a] = 1;
    reached.push(a * count + b);
  }
}
