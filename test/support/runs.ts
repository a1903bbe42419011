/**
 * How many random cases a property is tried with: some in `npm test`, as many as `RUNS` says in `npm run hostile`, but
 * never more than `most`, for which there is time.
 */
export function runs(some: number, most: number): number {
  return Math.min(Number(process.env['RUNS'] ?? some), most);
}

/**
 * Where a proof of which `npm test` runs a part begins, so that each run tries another part. The names of its tests say
 * it, and `SEED=<number> npx vitest run <file>` begins there again.
 */
export function drawSeed(): number {
  return Number(process.env['SEED'] ?? Math.floor(Math.random() * 1_000_000));
}

/** Of `cases` so many, others each time; all of them in `npm run hostile` and `npm run teeth`. */
export function drawSome<T>(cases: readonly T[], some: number, seed: number): readonly T[] {
  if (process.env['CASES'] === 'all') return cases;
  const from = seed % cases.length;
  return [...cases.slice(from), ...cases.slice(0, from)].slice(0, some);
}
