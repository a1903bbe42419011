import type { Mutant, RoomReport } from './read-report.ts';
import type { Survivor } from './survivors/survivor.ts';

const INTRODUCTION = `# Mutation testing

Do the tests notice when the code is wrong? Stryker changes the code in one place at a time, a *mutant*, and runs the
tests that cover the place. A mutant that makes a test fail is killed; one that no test notices survives.

\`npm run mutation\` does it for the code that must not be wrong: what verifies and reads webhooks, decides, keeps the
record, classifies errors, guards against loops, and writes the log. It fails when a mutant survives that
test/mutation/survivors/ does not explain, and when one is explained that no longer survives. It wrote this page from
the last run of each room, which stands in test/mutation/runs: a file that is new or has changed since has no score here
until it is tried again (\`npm run mutation -- --changed\`), and one that holds types and constants alone never has.

The tests are those beside the code (test/mutation/rooms.ts names them). Properties are tried with a hundred cases, the
same each time. The simulation, the processes that are killed, and the hundred thousand hostile webhooks are left out,
because they are too slow to be run for each mutant: what survives here may still be caught there.
`;

/** docs/mutation.md: when each room was run, the score of each file, and each survivor with its reason. */
export function mutationPage(
  reports: ReadonlyMap<string, RoomReport>,
  survivors: readonly Survivor[],
  unexplained: readonly Mutant[],
): string {
  const files = [...reports.values()]
    .flatMap((report) => report.files)
    .toSorted((one, other) => (one.file < other.file ? -1 : 1));
  const rows = files.map((file) => row(`\`${file.file}\``, file));
  const rooms = ['| Room | Run | Without a score |', '|---|---|---|', ...[...reports].map(roomRow)];
  const table = [
    '| File | Mutants | Killed | Survived | Score |',
    '|---|---:|---:|---:|---:|',
    ...rows,
    row('**All of these**', total(files)),
  ];
  const explained = files
    .map(({ file }) => survivors.filter((survivor) => survivor.file === file))
    .filter((list) => list.length > 0)
    .map((list) => [`### ${list[0]?.file}`, '', ...list.map(item)].join('\n'));
  const open = unexplained.map((mutant) =>
    item({ ...mutant, reason: `Not explained yet, in ${mutant.file}.` }),
  );
  const end = [...explained, ...(open.length > 0 ? [['### Open', '', ...open].join('\n')] : [])];
  return [
    INTRODUCTION,
    '## The rooms',
    '',
    ...rooms,
    '',
    '## The score',
    '',
    ...table,
    '',
    '## Survivors',
    '',
    end.length > 0 ? end.join('\n\n') : 'None.',
    '',
  ].join('\n');
}

function roomRow([name, { day, untried }]: readonly [string, RoomReport]): string {
  const missing = untried.map((file) => `\`${file}\``).join(', ');
  return day === undefined
    ? `| ${name} | not yet | all of it |`
    : `| ${name} | ${day} | ${missing === '' ? 'nothing' : missing} |`;
}

interface Tried {
  readonly mutants: number;
  readonly survived: number;
}

export function total(all: readonly Tried[]): Tried {
  const sum = (of: keyof Tried) => all.reduce((so, each) => so + each[of], 0);
  return { mutants: sum('mutants'), survived: sum('survived') };
}

export function score({ mutants, survived }: Tried): string {
  return `${(Math.floor(((mutants - survived) / mutants) * 10_000) / 100).toFixed(2)} %`;
}

function row(name: string, tried: Tried): string {
  const { mutants, survived } = tried;
  return `| ${name} | ${mutants} | ${mutants - survived} | ${survived} | ${score(tried)} |`;
}

function item({ line, change, reason }: Survivor): string {
  return `- ${code(line)}: ${code(change)}\\\n  ${reason}`;
}

/** Code that holds backticks stands between two. */
function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}
