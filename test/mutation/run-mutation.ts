import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { installFolder } from '../support/install-folder.ts';
import { type Mutant, readReport } from './read-report.ts';
import { ROOMS } from './rooms.ts';
import { SURVIVORS, type Survivor } from './survivors.ts';
import { mutationPage, score } from './write-mutation-page.ts';

/** `npm run mutation`, or `npm run mutation -- --room reply` for one room and the last reports of the others. */
const { values } = parseArgs({
  options: { room: { type: 'string', multiple: true }, report: { type: 'boolean' } },
});
const FOLDER = 'test/mutation';
const rooms = Object.keys(ROOMS);
const write = (line: string) => process.stdout.write(`${line}\n`);
const reportOf = (room: string) => `reports/mutation/${room}.json`;

if (!values.report) {
  installFolder(FOLDER);
  for (const room of values.room ?? rooms) runStryker(room);
}
const missing = rooms.filter((room) => !existsSync(reportOf(room)));
if (missing.length > 0) {
  write(`No report of ${missing.join(', ')} yet: npm run mutation -- --room ${missing.join(' --room ')}`);
  process.exitCode = 1;
} else {
  process.exitCode = judge(rooms.flatMap((room) => readReport(reportOf(room))));
}

function runStryker(room: string): void {
  write(`Mutating ${room}`);
  const { status } = spawnSync(
    `${FOLDER}/node_modules/.bin/stryker`,
    ['run', `${FOLDER}/stryker.config.mjs`],
    {
      stdio: 'inherit',
      env: { ...process.env, MUTATION_ROOM: room },
    },
  );
  if (status !== 0) throw new Error(`stryker ended with ${status} in ${room}`);
}

function judge(mutants: readonly Mutant[]): number {
  const survived = mutants.filter(({ noticed }) => !noticed);
  const unexplained = without(survived, SURVIVORS);
  const dead = without(SURVIVORS, survived);
  for (const { file, line, change } of unexplained) write(`survived: ${file}\n  ${line}\n  ${change}`);
  for (const { file, line, change } of dead)
    write(`explained, but does not survive: ${file}\n  ${line}\n  ${change}`);
  writeFileSync('docs/mutation.md', mutationPage(mutants, SURVIVORS));
  write(
    `mutants ${mutants.length}, survived ${survived.length}, unexplained ${unexplained.length}, score ${score(mutants)}`,
  );
  return unexplained.length + dead.length > 0 ? 1 : 0;
}

type Place = Pick<Survivor, 'file' | 'line' | 'change'>;

/** What is in `some` more often than in `others`: the same change may be made to the same line twice. */
function without<T extends Place>(some: readonly T[], others: readonly Place[]): readonly T[] {
  const key = ({ file, line, change }: Place) => [file, line, change].join('\n');
  const counts = new Map<string, number>();
  for (const other of others) counts.set(key(other), (counts.get(key(other)) ?? 0) + 1);
  return some.filter((one) => {
    const left = counts.get(key(one)) ?? 0;
    counts.set(key(one), left - 1);
    return left <= 0;
  });
}
