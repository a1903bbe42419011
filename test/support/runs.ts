/**
 * How many random cases a property is tried with: some in `npm test`, as many as `RUNS` says in `npm run hostile`, but
 * never more than `most`, for which there is time.
 */
export function runs(some: number, most: number): number {
  return Math.min(Number(process.env['RUNS'] ?? some), most);
}
