import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { formatProblem, type Problem } from '../../lib/rules/compile/problem.ts';
import type { SourceFile } from '../../lib/rules/compile/source-file.ts';
import type { Coverage } from '../../talks/cover/cover.ts';
import type { Played } from '../../talks/play/play-talk.ts';
import { DONE, defineCommand, FAILED, type Terminal } from '../command.ts';
import { flag, option } from '../option.ts';
import { plural } from '../plural.ts';
import { textOf } from '../values.ts';

/** `parley talks [--bot DIR] [--watch] [--coverage] [--update] [--json]`: docs/talks.md */
export const talks = defineCommand({
  name: 'talks',
  summary: "Play the bot's talks, and say where one goes otherwise than it is written, and why.",
  options: {
    bot: option("the bot's folder, with rules.yaml and talks/", textOf('folder', 'a folder'), 'bot'),
    watch: flag('play them again whenever a file of the bot changes'),
    coverage: flag('say which rules no talk reaches, and which conditions never failed'),
    update: flag('write what the bot says now into steps that are empty'),
    json: flag('print one object: talks, problems and, with --coverage, coverage'),
  },
  examples: [
    ['parley talks', "the bot's own talks"],
    ['parley talks --watch', 'again after each change'],
    ['parley talks --bot bot/samples/reminder --coverage', "another bot's, and what they leave out"],
  ],
  exits: { done: 'all went as they are written', failed: 'one did not, or they cannot be played' },
  run: async (options, terminal) => {
    const { watchFiles } = await import('../../talks/watch-files.ts');
    const status = await playOnce(options, terminal);
    if (!options.watch) return status;
    let playing: Promise<unknown> = Promise.resolve();
    watchFiles(resolve(terminal.cwd, options.bot), OF_A_BOT, () => {
      playing = playing.then(() => playOnce(options, terminal));
    });
    return DONE;
  },
});

/** Its rules, and the folders of its templates and talks. */
const OF_A_BOT = ['*', '*/*'];

interface Options {
  readonly bot: string;
  readonly coverage: boolean;
  readonly update: boolean;
  readonly json: boolean;
}

/** What came of playing the talks once. */
interface Result {
  readonly played: readonly Played[];
  readonly problems: readonly Problem[];
  readonly notes: readonly Problem[];
  readonly coverage?: Coverage;
}

async function playOnce(options: Options, terminal: Terminal): Promise<number> {
  const { findFailure } = await import('../../talks/tell/find-failure.ts');
  const result = await play(options, terminal);
  const good = result.played.filter((one) => findFailure(one) === undefined);
  const isGood = result.problems.length === 0 && good.length === result.played.length;
  if (options.json) {
    const { toJson } = await import('../../talks/tell/to-json.ts');
    terminal.out(JSON.stringify(toJson(result)));
  } else {
    await tell(result, terminal);
    if (isGood) terminal.out(`${plural(good.length, 'talk')}: all as written.`);
  }
  return isGood ? DONE : FAILED;
}

async function play({ bot, coverage, update }: Options, { cwd }: Terminal): Promise<Result> {
  const { loadRules } = await import('../../build/load-rules.ts');
  const { loadTalks } = await import('../../talks/load-talks.ts');
  const { runTalks } = await import('../../talks/run-talks.ts');
  const folder = resolve(cwd, bot);
  const rules = await loadRules(
    join(folder, 'rules.yaml'),
    join(bot, 'rules.yaml'),
    'parley talks --bot <folder>',
  );
  if (!rules.ok) return { played: [], problems: rules.problems, notes: [] };
  const loaded = await loadTalks(folder, bot);
  if (loaded.files.length + loaded.problems.length === 0)
    return { played: [], problems: [noTalks(bot)], notes: [] };
  let ran = await runTalks(loaded, rules.book);
  if (update && (await fillIn(loaded.files, ran.played, cwd))) {
    ran = await runTalks(await loadTalks(folder, bot), rules.book);
  }
  if (!coverage) return ran;
  const { cover } = await import('../../talks/cover/cover.ts');
  return { ...ran, coverage: cover(rules.book, ran.played) };
}

/** @returns whether there was anything to fill in */
async function fillIn(
  files: readonly SourceFile[],
  played: readonly Played[],
  cwd: string,
): Promise<boolean> {
  const { fillBlanks } = await import('../../talks/update/fill-blanks.ts');
  const blanks = played.flatMap((one) => one.blanks);
  for (const { file, text } of files) {
    const mine = blanks.filter(({ place }) => place.file === file);
    if (mine.length > 0) await writeFile(resolve(cwd, file), fillBlanks(text, mine));
  }
  return blanks.length > 0;
}

async function tell({ played, problems, notes, coverage }: Result, { out, err }: Terminal): Promise<void> {
  const { findFailure } = await import('../../talks/tell/find-failure.ts');
  const { showFailure } = await import('../../talks/tell/show-failure.ts');
  for (const note of notes) err(`note: ${formatProblem(note)}`);
  for (const problem of problems) err(formatProblem(problem));
  const failures = played.flatMap((one) => {
    const failure = findFailure(one);
    return failure === undefined ? [] : [showFailure(one, failure)];
  });
  for (const failure of failures) err(failure);
  if (problems.length > 0)
    err(`${plural(problems.length, 'problem')}; with one in a file, its talks are not played.`);
  if (failures.length > 0) err(`${failures.length} of ${plural(played.length, 'talk')} went otherwise.`);
  if (coverage === undefined) return;
  const { showCoverage } = await import('../../talks/cover/show-coverage.ts');
  for (const line of showCoverage(coverage)) out(line);
}

function noTalks(bot: string): Problem {
  const message =
    'There are no talks. Write one into a file that ends in .yaml (docs/talks.md), or name another bot with --bot.';
  return { file: join(bot, 'talks'), line: 1, column: 1, message };
}
