import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { installFolder } from '../../build/install-folder.ts';
import { killedOnly, type Mutant, type RoomRun, readReport, readRun } from './read-report.ts';
import { ROOMS } from './rooms.ts';
import { SURVIVORS } from './survivors.ts';
import { mutationPage, score, total } from './write-mutation-page.ts';

/**
 * `npm run mutation`, or `npm run mutation -- --room reply` for one room and what the last runs of the others said
 * of the code as it is now. `--again` tries only what that room's last run did not kill, or what has changed since, where
 * its report is still here; `--changed` only files that have no score as they are now; `--report` tries nothing.
 */
const { values } = parseArgs({
  options: {
    room: { type: 'string', multiple: true },
    again: { type: 'boolean' },
    changed: { type: 'boolean' },
    report: { type: 'boolean' },
  },
});
const FOLDER = 'test/mutation';
const write = (line: string) => process.stdout.write(`${line}\n`);
const reportOf = (room: string) => `reports/mutation/${room}.json`;
const runOf = (room: string) => `${FOLDER}/runs/${room}.json`;

if (!values.report) {
  installFolder(FOLDER);
  for (const room of values.room ?? Object.keys(ROOMS)) runStryker(room);
}
process.exitCode = judge();

function runStryker(room: string): void {
  const { mutate = [] } = ROOMS[room] ?? {};
  const files = values.changed ? readRun(runOf(room), mutate).untried : mutate;
  if (files.length === 0) return;
  write(`Mutating ${room}`);
  const { status } = spawnSync(
    `${FOLDER}/node_modules/.bin/stryker`,
    ['run', `${FOLDER}/stryker.config.mjs`, '--mutate', files.join()],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        MUTATION_ROOM: room,
        ...(values.again && existsSync(reportOf(room)) ? keepKilled(room) : {}),
      },
    },
  );
  if (status !== 0) throw new Error(`stryker ended with ${status} in ${room}`);
  keepRun(room, files);
}

/** What was tried now, and what was tried before of the others. */
function keepRun(room: string, tried: readonly string[]): void {
  const before =
    values.changed && existsSync(runOf(room))
      ? (JSON.parse(readFileSync(runOf(room), 'utf8')) as RoomRun).files
      : {};
  const { day, files } = readReport(
    readFileSync(reportOf(room), 'utf8'),
    tried,
    new Date().toISOString().slice(0, 10),
  );
  mkdirSync(`${FOLDER}/runs`, { recursive: true });
  writeFileSync(runOf(room), `${JSON.stringify({ day, files: { ...before, ...files } }, undefined, 2)}\n`);
}

/** Stryker's own memory would not try a survivor again for a test that is new, where the mutant is in a constant. */
function keepKilled(room: string): { readonly MUTATION_AGAIN: string } {
  const path = `reports/mutation/${room}.killed.json`;
  writeFileSync(path, killedOnly(readFileSync(reportOf(room), 'utf8')));
  return { MUTATION_AGAIN: path };
}

function judge(): number {
  const reports = new Map(
    Object.entries(ROOMS).map(([room, { mutate }]) => [room, readRun(runOf(room), mutate)] as const),
  );
  const untried = new Set([...reports.values()].flatMap((report) => report.untried));
  const survived = [...reports.values()].flatMap((report) => report.survived);
  const unexplained = without(survived, SURVIVORS);
  const dead = without(SURVIVORS, survived).filter(({ file }) => !untried.has(file));
  for (const { file, line, change } of unexplained) write(`survived: ${file}\n  ${line}\n  ${change}`);
  for (const { file, line, change } of dead)
    write(`explained, but does not survive: ${file}\n  ${line}\n  ${change}`);
  writeFileSync('docs/mutation.md', mutationPage(reports, SURVIVORS, unexplained));
  if (untried.size > 0) write(`not tried as they are now: ${[...untried].join(', ')}`);
  const all = total([...reports.values()].flatMap(({ files }) => files));
  write(
    `mutants ${all.mutants}, survived ${all.survived}, unexplained ${unexplained.length}, score ${score(all)}`,
  );
  return unexplained.length + dead.length > 0 ? 1 : 0;
}

/** What is in `some` more often than in `others`: the same change may be made to the same line twice. */
function without<T extends Mutant>(some: readonly T[], others: readonly Mutant[]): readonly T[] {
  const key = ({ file, line, change }: Mutant) => [file, line, change].join('\n');
  const counts = new Map<string, number>();
  for (const other of others) counts.set(key(other), (counts.get(key(other)) ?? 0) + 1);
  return some.filter((one) => {
    const left = counts.get(key(one)) ?? 0;
    counts.set(key(one), left - 1);
    return left <= 0;
  });
}
