import type { MessageRecord } from '../../lib/record/message-record.ts';
import type { SimulatedWorld } from './world.ts';

const OUTCOME = /"outcome_(\w+)":1/;

/**
 * Every record that is finished was counted once, under its outcome and its reason, and nothing else was counted: the
 * metrics are what alarms watch, so what they leave out nobody hears of.
 * @returns the differences, in words.
 */
export function judgeCounts({ logs, store }: Pick<SimulatedWorld, 'logs' | 'store'>): readonly string[] {
  const counted = new Map<string, number>();
  const recorded = new Map<string, number>();
  for (const line of logs) {
    const outcome = OUTCOME.exec(line)?.[1];
    if (outcome !== undefined) add(counted, outcome, (JSON.parse(line) as { reason?: string }).reason);
  }
  for (const [{ sk }, { value }] of store.items()) {
    const { finished } = value as Partial<MessageRecord>;
    if (sk.startsWith('on') && finished !== undefined) add(recorded, finished.outcome, finished.reason);
  }
  return [...new Set([...counted.keys(), ...recorded.keys()])].sort().flatMap((ending) => {
    const [times, records] = [counted.get(ending) ?? 0, recorded.get(ending) ?? 0];
    return times === records ? [] : [`${ending}: counted ${times} times, recorded ${records} times`];
  });
}

function add(tally: Map<string, number>, outcome: string, reason = ''): void {
  const ending = `${outcome} ${reason}`.trim();
  tally.set(ending, (tally.get(ending) ?? 0) + 1);
}
