import type { Spots } from './list-spots.ts';

/** Which spots some text brings searches to at once: for each spot a row of bits, one for each other. */
export interface Meetings {
  readonly rows: Uint32Array;
  /** Numbers that make a row. */
  readonly width: number;
}

/** Beyond these nothing is compared, and all are taken to meet. */
const MOST_SPOTS = 1_500;
const MOST_WORK = 20_000_000;

/** Goes through all pairs of spots that are reached by the same text, beginning with the first spot twice. */
export function findMeetings({ count, moves }: Spots): Meetings | undefined {
  if (count > MOST_SPOTS) return undefined;
  const width = Math.ceil(count / 32);
  const rows = new Uint32Array(count * width);
  const reached: number[] = [];
  const targets = moves.map(({ links }) => {
    const byOrigin: number[][] = Array.from({ length: count }, () => []);
    for (const { from, to } of links) byOrigin[from]?.push(to);
    return byOrigin;
  });
  let work = 0;
  add(0, 0);
  for (let pair = reached.pop(); pair !== undefined; pair = reached.pop()) {
    const first = Math.floor(pair / count);
    const second = pair % count;
    for (const byOrigin of targets) {
      const some = byOrigin[first] ?? [];
      const others = byOrigin[second] ?? [];
      work += 1 + some.length * others.length;
      if (work > MOST_WORK) return undefined;
      for (const a of some) for (const b of others) add(a, b);
    }
  }
  return { rows, width };

  function add(a: number, b: number): void {
    if (isIn(rows, a * width, b)) return;
    mark(a, b);
    mark(b, a);
    reached.push(a * count + b);
  }

  function mark(spot: number, other: number): void {
    const place = spot * width + (other >>> 5);
    rows[place] = (rows[place] ?? 0) | (1 << (other & 31));
  }
}

/** Whether the bit of a spot is set in the row that begins at `start`. */
export function isIn(rows: Uint32Array, start: number, spot: number): boolean {
  return (((rows[start + (spot >>> 5)] ?? 0) >>> (spot & 31)) & 1) === 1;
}
