import type { MessageRecord } from '../../lib/record/message-record.ts';
import type { Written } from './oracle.ts';
import { isPerhapsSent } from './perhaps-sent.ts';
import { repliesTo } from './replies.ts';
import type { SimulatedWorld } from './world.ts';

/** A message that waited longer is answered only if no person has written since. */
const MINUTE = 60_000;
/** Clocks are off by a second, and lists date in whole ones. */
const UNSURE_MS = 2_000;
/** The list may be as old as an invocation takes, and lags behind by two seconds. */
const LOOKED_BEFORE_MS = 35_000;

/**
 * What is due for a message to which a person has written an answer before the bot did: nothing, if that is how its
 * record ended. Nobody can say beforehand whether a message will have waited for so long. Where the table was lost, it
 * may have been answered before that person wrote.
 */
export function dueInTheEnd(
  world: Pick<SimulatedWorld, 'watch'> & { readonly store: Pick<SimulatedWorld['store'], 'whole'> },
  message: Written,
  written: readonly Written[],
  record: MessageRecord | undefined,
): Written {
  const { finished } = record ?? {};
  if (finished?.reason !== 'person') return message;
  const { due, most = due } = message;
  const there = !world.store.whole || isPerhapsSent(world, message, record) ? most : 0;
  return agentsSince(message, written).some((at) => at <= finished.at + UNSURE_MS)
    ? { ...message, due: 0, most: there, outcome: 'suppressed' }
    : message;
}

/**
 * Whether its answer was begun although it had waited, and a person had written where everybody could see it. Where the
 * conversation is gone no list shows anybody, and the POST says no more than that.
 */
export function isTalkedOver(
  world: Pick<SimulatedWorld, 'shown' | 'authors' | 'watch'>,
  message: Written,
  written: readonly Written[],
): boolean {
  const { shown, watch } = world;
  if (repliesTo(world, message).length === 0) return false;
  const writtenAt = shown.find(({ sid }) => sid === message.sid)?.at;
  const begunAt = watch.begun.get(message.sid);
  // What has no place in the order, as what was deleted, cannot be told to be older.
  if (message.index < 0) return false;
  if (writtenAt === undefined || begunAt === undefined) return false;
  if (begunAt - writtenAt <= MINUTE + UNSURE_MS) return false;
  return agentsSince(message, written).some((at) => at < begunAt - LOOKED_BEFORE_MS);
}

function agentsSince({ conversationSid, index }: Written, written: readonly Written[]): readonly number[] {
  return written.flatMap((each) =>
    each.conversationSid === conversationSid && each.index > index && each.byAgentAt !== undefined
      ? [each.byAgentAt]
      : [],
  );
}
