import { profileNamed } from '../profiles/profiles.ts';
import { simulate } from '../simulate.ts';

/** Runs seeds until one fails: how many at most and of which profile the arguments say. Prints what came of it as JSON. */
const [limit, profile] = [Number(process.argv[2]), profileNamed(process.argv[3] ?? 'ordinary')];
let found: { seeds: number; problem: string } | undefined;
for (let seed = 1; found === undefined && seed <= limit; seed += 1) {
  const { problems } = await simulate(seed, { profile });
  if (problems[0] !== undefined) found = { seeds: seed, problem: problems[0] };
}
process.stdout.write(JSON.stringify(found ?? null));
// A defect may leave promises behind that never end.
process.exit(0);
