import { type FaultLoad, NO_FAULTS } from './fault-load.ts';
import { ordinary } from './profiles/ordinary.ts';
import { type History, type SimulateOptions, simulate } from './simulate.ts';

export interface Shrunk {
  readonly history: History;
  /** What is left of the trouble, in words. */
  readonly description: string;
}

/** The smallest trouble in which the seed still fails: fewer messages, then one kind of fault after the other off. */
export async function shrink(seed: number, run = simulate, profile = ordinary): Promise<Shrunk> {
  let history = await run(seed, { profile });
  let messages = 8;
  let off: readonly (keyof FaultLoad)[] = [];
  const attempt = async (maxMessages: number, without: typeof off) => {
    const options: SimulateOptions = { profile, maxMessages, adjust: (drawn) => switchOff(drawn, without) };
    const smaller = await run(seed, options);
    if (smaller.problems.length === 0) return false;
    [history, messages, off] = [smaller, maxMessages, without];
    return true;
  };
  for (let fewer = 1; fewer < messages; fewer += 1) if (await attempt(fewer, off)) break;
  for (const kind of Object.keys(NO_FAULTS) as (keyof FaultLoad)[]) {
    if (history.load[kind]) await attempt(messages, [...off, kind]);
  }
  const left = Object.entries(history.load).filter(([, share]) => share !== 0 && share !== false);
  const faults = left.map(
    ([kind, share]) => `${kind} ${typeof share === 'number' ? share.toFixed(3) : share}`,
  );
  return {
    history,
    description: [
      `SEED=${seed} of ${profile.name}, shrunk to at most ${messages} messages with ${faults.join(', ') || 'no faults'}:`,
      ...history.problems.map((problem) => `  ${problem}`),
    ].join('\n'),
  };
}

function switchOff(load: FaultLoad, kinds: readonly (keyof FaultLoad)[]): FaultLoad {
  return { ...load, ...Object.fromEntries(kinds.map((kind) => [kind, NO_FAULTS[kind]])) };
}
