import { DONE, defineCommand, FAILED } from '../../../cli/command.ts';
import { CommandError } from '../../../cli/command-error.ts';
import { option } from '../../../cli/option.ts';
import { runScript } from '../../../cli/run-script.ts';
import { anyText, wholeFrom } from '../../../cli/values.ts';
import { type Bite, bite, hunt, runTest } from './bite.ts';
import { profileOfDefect, SEED_LIMIT } from './defect.ts';
import { DEFECTS, PROTOCOL_DEFECTS } from './defects.ts';
import { createGround } from './plant.ts';

const teeth = defineCommand({
  name: 'npm run teeth --',
  summary: 'Plant each defect in a copy of the sources; the simulation or the named test must notice it.',
  options: {
    only: option('those whose names have it', anyText('text')),
    lanes: option('side by side', wholeFrom(1, 256), 2),
  },
  examples: [['npm run teeth -- --only cursor', 'those about cursors']],
  exits: {
    done: 'each was caught, and the sound build passes',
    failed: 'one was missed, or the sound build fails',
  },
  run: async ({ only = '', lanes }, { out }) => {
    const defects = DEFECTS.filter(({ name }) => name.includes(only));
    if (defects.length === 0) throw new CommandError(FAILED, `No defect has "${only}" in its name.`);
    const bites: Bite[] = [];
    let sound = true;

    const jobs = [
      ...[...new Set(defects.flatMap((defect) => profileOfDefect(defect) ?? []))].map(
        (profile) => async (ground: ReturnType<typeof createGround>) => {
          const { caught, by } = await hunt(ground, SEED_LIMIT, profile);
          if (caught) sound = false;
          out(`${caught ? 'FAILS ' : 'passes'} | the sound build | ${by}`);
        },
      ),
      ...[...new Set(defects.flatMap((defect) => (profileOfDefect(defect) ? [] : [defect.caughtBy])))].map(
        (file) => async (ground: ReturnType<typeof createGround>) => {
          const { caught, by } = await runTest(ground, file);
          if (caught) sound = false;
          out(`${caught ? 'FAILS ' : 'passes'} | the sound build | ${by}`);
        },
      ),
      ...defects.map((defect) => async (ground: ReturnType<typeof createGround>) => {
        const result = await bite(ground, defect);
        bites.push(result);
        const seeds = result.seeds === undefined ? '' : ` | ${result.seeds} seeds`;
        out(`${result.caught ? 'caught' : 'MISSED'} | ${result.name} | ${result.by}${seeds}`);
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
    await Promise.all(Array.from({ length: lanes }, lane));

    const seeds = bites.flatMap((result) => result.seeds ?? []).sort((a, b) => a - b);
    const caught = bites.filter((result) => result.caught).length;
    out(
      `median seeds to detect: ${seeds[Math.floor(seeds.length / 2)] ?? 'none'} (at most ${seeds.at(-1) ?? 0})`,
    );
    const ofProtocol = new Set(PROTOCOL_DEFECTS.map(({ name }) => name));
    const protocol = bites.filter(({ name }) => ofProtocol.has(name));
    const bySeeds = protocol.filter((result) => result.caught && result.seeds !== undefined).length;
    out(`of ${protocol.length} defects of the protocol the simulation itself catches ${bySeeds}`);
    out(`sound build ${sound ? 'passes' : 'FAILS'}`);
    out(`defects ${bites.length}, caught ${caught}`);
    return sound && caught === bites.length ? DONE : FAILED;
  },
});

await runScript(teeth);
