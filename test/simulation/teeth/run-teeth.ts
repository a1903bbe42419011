import { parseArgs } from 'node:util';
import { type Bite, bite, hunt, runTest } from './bite.ts';
import { profileOfDefect, SEED_LIMIT } from './defect.ts';
import { DEFECTS } from './defects.ts';
import { INTAKE_DEFECTS } from './intake-defects.ts';
import { createGround } from './plant.ts';

/** `npm run teeth`: plants each defect in a copy of the sources; the simulation or the named test must notice it. */
const { values } = parseArgs({
  options: { only: { type: 'string' }, lanes: { type: 'string', default: '2' } },
});
const write = (line: string) => process.stdout.write(`${line}\n`);
const defects = DEFECTS.filter(({ name }) => name.includes(values.only ?? ''));
const bites: Bite[] = [];
let sound = true;

const jobs = [
  ...[...new Set(defects.flatMap((defect) => profileOfDefect(defect) ?? []))].map(
    (profile) => async (ground: ReturnType<typeof createGround>) => {
      const { caught, by } = await hunt(ground, SEED_LIMIT, profile);
      if (caught) sound = false;
      write(`${caught ? 'FAILS ' : 'passes'} | the sound build | ${by}`);
    },
  ),
  ...[...new Set(defects.flatMap((defect) => (profileOfDefect(defect) ? [] : [defect.caughtBy])))].map(
    (file) => async (ground: ReturnType<typeof createGround>) => {
      const { caught, by } = await runTest(ground, file);
      if (caught) sound = false;
      write(`${caught ? 'FAILS ' : 'passes'} | the sound build | ${by}`);
    },
  ),
  ...defects.map((defect) => async (ground: ReturnType<typeof createGround>) => {
    const result = await bite(ground, defect);
    bites.push(result);
    const seeds = result.seeds === undefined ? '' : ` | ${result.seeds} seeds`;
    write(`${result.caught ? 'caught' : 'MISSED'} | ${result.name} | ${result.by}${seeds}`);
  }),
].values();

const lane = async () => {
  const ground = createGround();
  try {
    for (const job of jobs) await job(ground);
  } finally {
    ground.remove();
  }
};
await Promise.all(Array.from({ length: Number(values.lanes) }, lane));

const seeds = bites.flatMap((result) => result.seeds ?? []).sort((a, b) => a - b);
const caught = bites.filter((result) => result.caught).length;
write(
  `median seeds to detect: ${seeds[Math.floor(seeds.length / 2)] ?? 'none'} (at most ${seeds.at(-1) ?? 0})`,
);
const intake = new Set(INTAKE_DEFECTS.map(({ name }) => name));
const protocol = bites.filter(({ name }) => !intake.has(name));
const bySeeds = protocol.filter((result) => result.caught && result.seeds !== undefined).length;
write(`of ${protocol.length} defects of the protocol the simulation itself catches ${bySeeds}`);
write(`sound build ${sound ? 'passes' : 'FAILS'}`);
write(`defects ${bites.length}, caught ${caught}`);
process.exitCode = sound && caught === bites.length ? 0 : 1;
