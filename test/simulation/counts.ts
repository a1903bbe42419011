import type { MessageRecord } from '../../lib/record/message-record.ts';
import type { SimulatedWorld } from './world.ts';

const OUTCOME = /"outcome_(\w+)":1/;

interface Tally {
  counted: number;
  recorded: number;
}

/**
 * Every record that is finished was counted, once, under its outcome and its reason, and nothing else was counted: the
 * metrics are what alarms watch, and what they leave out nobody hears of. Only where a process dies or the table fails,
 * what is set aside, which is an alarm, may be counted again, and all else be short where that was just noted.
 * @returns the differences, in words.
 */
export function judgeCounts({
  logs,
  store,
  watch,
}: Pick<SimulatedWorld, 'logs' | 'store' | 'watch'>): readonly string[] {
  if (!store.whole) return [];
  const slack = watch.strikes();
  return [...tallies(logs, store)].sort().flatMap(([ending, { counted, recorded }]) => {
    const [least, most] = ending.startsWith('quarantined')
      ? [recorded, recorded + slack.anywhere]
      : [recorded - slack.afterNoting, recorded];
    return counted >= least && counted <= most
      ? []
      : [`${ending}: counted ${counted} times, recorded ${recorded} times`];
  });
}

function tallies(
  logs: readonly string[],
  store: Pick<SimulatedWorld['store'], 'items'>,
): ReadonlyMap<string, Tally> {
  const all = new Map<string, Tally>();
  const tallyOf = (outcome: string, reason = '') => {
    const ending = `${outcome} ${reason}`.trim();
    const tally = all.get(ending) ?? { counted: 0, recorded: 0 };
    all.set(ending, tally);
    return tally;
  };
  for (const line of logs) {
    const outcome = OUTCOME.exec(line)?.[1];
    if (outcome === undefined) continue;
    tallyOf(outcome, (JSON.parse(line) as { reason?: string }).reason).counted += 1;
  }
  for (const [{ sk }, { value }] of store.items()) {
    const { finished } = value as Partial<MessageRecord>;
    if (sk.startsWith('on') && finished !== undefined)
      tallyOf(finished.outcome, finished.reason).recorded += 1;
  }
  return all;
}
