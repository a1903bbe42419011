import { simulate } from '../simulate.ts';

/** Runs seeds until one fails, at most as many as the first argument says; prints what came of it as JSON. */
const limit = Number(process.argv[2]);
let found: { seeds: number; problem: string } | undefined;
for (let seed = 1; found === undefined && seed <= limit; seed += 1) {
  const { problems } = await simulate(seed);
  if (problems[0] !== undefined) found = { seeds: seed, problem: problems[0] };
}
process.stdout.write(JSON.stringify(found ?? null));
// A defect may leave promises behind that never end.
process.exit(0);
