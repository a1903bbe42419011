import { build } from 'esbuild';
import { BUNDLE_OPTIONS } from '../build/bundle-options.ts';
import { leaveOut } from '../build/leave-out.ts';
import { leaveOutUnused } from '../build/leave-out-unused.ts';
import { otherBot } from '../build/other-bot.ts';
import { startBundle } from '../local/lambda/deployed-bot.ts';
import type { RunningFunction } from '../local/lambda/lambda-runtime.ts';
import { bookOf } from './book-of.ts';
import { startParleyWorld } from './parley-world.ts';
import { mainThreadTime } from './process-figures.ts';
import { quantile } from './quantile.ts';
import { toTable } from './to-table.ts';

/** What is compared: the bundle, and what its customers write. The first is what the others are compared with. */
const CANDIDATES = [
  { name: 'no handlers', bundle: 'without', body: 'plain' },
  { name: 'with handlers, none called', bundle: 'with', body: 'plain' },
  { name: 'with handlers, one called', bundle: 'with', body: 'ask' },
] as const;
type Candidate = (typeof CANDIDATES)[number];

const PLAIN = `version: 1\nrules:\n  - { id: plain, when: { keyword: plain }, then: { text: It is packed. } }\n`;
const BOOKS = {
  without: PLAIN,
  with: `${PLAIN}  - { id: ask, when: { keyword: ask }, then: { call: look, else: { text: Not now. } } }\n`,
} as const;

/** Events that each candidate answers before it is measured, in one turn, and how many turns each has. */
const WARM_UP = 20;
const EVENTS = 15;
const TURNS = 3;

/** Processor time of the main thread, in milliseconds. */
interface Costs {
  /** From the start of the process until it asked for its first event. */
  readonly ready: number;
  /** From there until it had answered that. */
  readonly first: number;
  readonly each: number;
}

/**
 * What handlers cost a function at its start, at its first event and at each one later, as a table: one bundle without
 * them, and one with a handler that does nothing. The candidates take turns, each ratio is made within one run, and the
 * median of the ratios is told.
 */
export async function tellHandlers(runs: number): Promise<string> {
  const sizes = { without: await bundle('without'), with: await bundle('with') };
  const world = await startParleyWorld();
  const { env } = world;
  const receive = await startBundle('receive', env.receive);
  const answerOne = async (reply: RunningFunction, body: string): Promise<void> => {
    await receive.invoke(await world.webhook(body));
    await reply.invoke(await world.batch());
  };
  const start = async ({ bundle: name, body }: Candidate) => {
    const reply = await startBundle('reply', env.reply, folderOf(name));
    const ready = mainThreadTime(reply.pid);
    await answerOne(reply, body);
    return { reply, body, ready, first: mainThreadTime(reply.pid) - ready };
  };
  type Started = Awaited<ReturnType<typeof start>>;
  const answerSome = async ({ reply, body }: Started, count: number) => {
    const before = mainThreadTime(reply.pid);
    for (let n = 0; n < count; n += 1) await answerOne(reply, body);
    return (mainThreadTime(reply.pid) - before) / count;
  };
  const runOnce = async (): Promise<readonly Costs[]> => {
    const started: Started[] = [];
    for (const candidate of CANDIDATES) started.push(await start(candidate));
    for (const one of started) await answerSome(one, WARM_UP);
    const turns: number[][] = [];
    while (turns.length < TURNS) {
      const turn: number[] = [];
      for (const one of started) turn.push(await answerSome(one, EVENTS));
      turns.push(turn);
    }
    await Promise.all(started.map(({ reply }) => reply.stop()));
    return started.map(({ ready, first }, at) => ({
      ready,
      first,
      each: median(turns.map((turn) => turn[at] ?? Number.NaN)),
    }));
  };
  try {
    await runOnce(); // warms the disk cache and the services; not counted
    const results: (readonly Costs[])[] = [];
    while (results.length < runs) results.push(await runOnce());
    return tell(results, sizes);
  } finally {
    await receive.stop();
    await world.stop();
  }
}

function tell(
  results: readonly (readonly Costs[])[],
  sizes: Readonly<Record<Candidate['bundle'], number>>,
): string {
  const rows = CANDIDATES.map(({ name, bundle: of }, at) => {
    const cells = (measure: keyof Costs) => {
      const costs = results.map((run) => run[at]?.[measure] ?? Number.NaN);
      const ratios = results.map((run, n) => (costs[n] ?? Number.NaN) / (run[0]?.[measure] ?? Number.NaN));
      return [median(costs).toFixed(1), median(ratios).toFixed(2)];
    };
    return [name, (sizes[of] / 1024).toFixed(0), ...cells('ready'), ...cells('first'), ...cells('each')];
  });
  const times = ['ready CPU ms', 'first event CPU ms', 'each later one CPU ms'];
  const head = ['reply', 'KB', ...times.flatMap((time) => [time, '×'])];
  return toTable(head, rows);
}

const folderOf = (name: Candidate['bundle']) => `dist/bench/${name}/reply`;

/** As the build does, with this book instead of that of bot/. @returns its bytes */
async function bundle(name: Candidate['bundle']): Promise<number> {
  const book = bookOf(BOOKS[name]);
  const { plugin } = leaveOut();
  const handlers = name === 'with' ? 'bench/look.ts' : 'none';
  const { metafile } = await build({
    ...BUNDLE_OPTIONS,
    entryPoints: ['functions/reply.ts'],
    outfile: `${folderOf(name)}/index.cjs`,
    metafile: true,
    plugins: [plugin, leaveOutUnused(book), otherBot({ rules: book, handlers })],
  });
  return Object.values(metafile.outputs)[0]?.bytes ?? Number.NaN;
}

function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}
