import type { MessageRecord } from '../../lib/record/message-record.ts';
import type { SimulatedWorld } from './world.ts';

const OUTCOME = /"outcome_(\w+)":1/;

/** Looking back ends there (docs/guarantees.md). */
const CUT = 1_000;

interface Tally {
  counted: number;
  recorded: number;
  /** Of those, how many nobody could note any more. */
  buried: number;
}

type Judged = Pick<SimulatedWorld, 'logs' | 'store' | 'watch' | 'shown'>;

/**
 * Every record that is finished was counted, once, under its outcome and its reason, and nothing else was counted: the
 * metrics are what alarms watch, and what they leave out nobody hears of. Only where a process dies or the table fails,
 * what is set aside, which is an alarm, may be counted again, and all else be short where that was just noted, or lay a
 * thousand messages back before it could be. What the queue loses comes back to nobody: what it had ended and not counted
 * stays short, one event at most.
 * @returns the differences, in words.
 */
export function judgeCounts(world: Judged): readonly string[] {
  if (!world.store.whole) return [];
  const slack = world.watch.strikes();
  return [...tallies(world)].sort().flatMap(([ending, { counted, recorded, buried }]) => {
    const [least, most] = ending.startsWith('quarantined')
      ? [recorded - slack.forgotten, recorded + slack.anywhere]
      : [recorded - slack.forgotten - slack.afterNoting - buried, recorded];
    return counted >= least && counted <= most
      ? []
      : [`${ending}: counted ${counted} times, recorded ${recorded} times`];
  });
}

function tallies(world: Judged): ReadonlyMap<string, Tally> {
  const { logs, store } = world;
  const all = new Map<string, Tally>();
  const tallyOf = (outcome: string, reason = '') => {
    const ending = `${outcome} ${reason}`.trim();
    const tally = all.get(ending) ?? { counted: 0, recorded: 0, buried: 0 };
    all.set(ending, tally);
    return tally;
  };
  for (const line of logs) {
    const outcome = OUTCOME.exec(line)?.[1];
    if (outcome === undefined) continue;
    tallyOf(outcome, (JSON.parse(line) as { reason?: string }).reason).counted += 1;
  }
  for (const [{ pk, sk }, { value }] of store.items()) {
    const { finished, replays = [] } = value as Partial<MessageRecord>;
    if (!sk.startsWith('on')) continue;
    // What was decided anew had ended before, and was counted then.
    for (const { outcome, reason } of [
      ...replays.flatMap(({ was }) => was ?? []),
      ...(finished ? [finished] : []),
    ]) {
      const tally = tallyOf(outcome, reason);
      tally.recorded += 1;
      if (isBuried(world, pk, sk)) tally.buried += 1;
    }
  }
  return all;
}

/** No webhook brought it, it was not noted when it ended, and a thousand messages of its conversation came after it. */
function isBuried({ watch, shown }: Judged, conversationSid: string, key: string): boolean {
  if (watch.isNoted(key) || watch.queuedKeys.has(key)) return false;
  const own = shown.filter((message) => message.conversation_sid === conversationSid);
  const index = own.find(({ sid }) => key === `onMessageAdded|${sid}`)?.index;
  return index !== undefined && own.some((message) => message.index >= index + CUT);
}
