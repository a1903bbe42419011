import { type Enumerated, enumerate, type Share, type SmallCase } from './enumerate.ts';
import { sideBySide } from './side-by-side.ts';

/** All single faults and all pairs, with up to three messages and replies of one or two parts; some with steps or calls. */
export const SMALL_CASES: readonly SmallCase[] = [
  { messages: 1, parts: 1, faults: 1 },
  { messages: 1, parts: 2, faults: 1 },
  { messages: 2, parts: 1, faults: 1 },
  { messages: 2, parts: 2, faults: 1 },
  { messages: 3, parts: 1, faults: 1 },
  { messages: 3, parts: 2, faults: 1 },
  { messages: 1, parts: 1, faults: 1, deaths: 1 },
  { messages: 1, parts: 2, faults: 1, deaths: 1 },
  { messages: 2, parts: 1, faults: 1, deaths: 1 },
  { messages: 1, parts: 1, faults: 1, deaths: 3 },
  { messages: 1, parts: 2, faults: 1, deaths: 3 },
  { messages: 2, parts: 1, faults: 1, deaths: 3 },
  { messages: 1, parts: 1, faults: 2 },
  { messages: 1, parts: 2, faults: 2 },
  { messages: 2, parts: 1, faults: 2 },
  { messages: 2, parts: 2, faults: 2 },
  { messages: 3, parts: 1, faults: 2 },
  { messages: 3, parts: 2, faults: 2 },
  { messages: 1, parts: 2, faults: 1, steps: true },
  { messages: 1, parts: 2, faults: 1, deaths: 1, steps: true },
  { messages: 1, parts: 2, faults: 2, steps: true },
  { messages: 1, parts: 2, faults: 1, handler: true },
  { messages: 1, parts: 2, faults: 1, deaths: 1, handler: true },
  { messages: 1, parts: 1, faults: 2, handler: true },
];
const WORKER = new URL('./enumeration-worker.ts', import.meta.url);

type Result = Enumerated & SmallCase;

/** One case, in small pieces, so that no thread waits long for the other. */
async function enumerateCase(small: SmallCase, threads: number): Promise<Result> {
  const of = small.faults === 1 ? threads : threads * 8;
  const tasks = Array.from({ length: of }, (_, share) => [{ ...small, share, of, stride: 1 }]);
  const results = await sideBySide<readonly Share[], readonly Enumerated[]>(WORKER, tasks, threads);
  return { ...small, ...addUp(results.flat()) };
}

/** A case of which only some is tried. */
export interface Sample extends SmallCase {
  /** Of the first faults only every so many are tried. */
  readonly every: number;
  /** Of the second faults only every so many are tried. @default 1 */
  readonly stride?: number;
}

/**
 * Some of a case, in this thread: to start another takes longer.
 * @param from any whole number: which of the first faults it begins with
 */
export async function enumerateSome({ every, stride = 1, ...small }: Sample, from: number): Promise<Result> {
  return { ...small, ...(await enumerate({ ...small, share: from % every, of: every, stride })) };
}

function addUp(parts: readonly Enumerated[]): Enumerated {
  return {
    runs: parts.reduce((sum, { runs }) => sum + runs, 0),
    singles: parts.reduce((sum, { singles }) => sum + singles, 0),
    failures: parts.flatMap(({ failures }) => failures),
    calls: [...new Set(parts.flatMap(({ calls }) => calls))].sort(),
  };
}

/** @returns the exit status */
export async function runEnumeration(threads: number, write: (line: string) => void): Promise<number> {
  const started = performance.now();
  let [runs, failed] = [0, 0];
  for (const small of SMALL_CASES) {
    const result = await enumerateCase(small, threads);
    const { messages, parts, faults, deaths = 0, steps = false, handler = false } = small;
    const what = `messages ${messages}, parts ${parts}${steps ? ' and steps' : ''}${handler ? ' from a handler' : ''}`;
    write(
      `${what}, faults ${faults}, deaths before ${deaths}: runs ${result.runs}, failed ${result.failures.length}`,
    );
    for (const failure of result.failures.slice(0, 20)) write(`  ${failure}`);
    runs += result.runs;
    failed += result.failures.length;
  }
  write(`${Math.round((performance.now() - started) / 1000)} s`);
  write(`runs ${runs}, failed ${failed}`);
  return failed > 0 ? 1 : 0;
}
