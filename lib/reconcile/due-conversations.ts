import { type Marked, markedByTheHour, markedIn, timeOf } from '../record/active.ts';
import type { ConversationRecord } from '../record/conversation.ts';
import { conversationKey } from '../record/keys.ts';
import { hoursDue, isDue, quartersDue, type Round } from './due.ts';
import type { Place } from './look-state.ts';
import type { ReconcilePorts } from './reconcile-ports.ts';
import { sideBySide } from './side-by-side.ts';

export interface DueConversation extends Place {
  readonly serviceSid: string;
}

/** For how long an update reads what the version before marked. */
const BEFORE_MS = 25 * 3_600_000;

/**
 * The conversations that are due in a round, the latest activity first. A mark says when a quarter's activity began;
 * where that does not decide, the conversation's own item says when it was last.
 * @param deployedAt when this deployment was first seen, in milliseconds since the epoch.
 */
export async function dueConversations(
  ports: ReconcilePorts,
  serviceSids: readonly string[],
  round: Round,
  deployedAt: number,
): Promise<readonly DueConversation[]> {
  const reading = { ...ports, onCut: () => ports.log.count('active_cut') };
  const marks: Marked[] = [];
  for (const serviceSid of serviceSids) {
    marks.push(...(await markedIn(reading, serviceSid, quartersDue(round))));
    if (ports.clock.now() - deployedAt > BEFORE_MS) continue;
    marks.push(...(await markedByTheHour(reading, serviceSid, hoursDue(round))));
  }
  const due = new Map<string, DueConversation>();
  await sideBySide(
    marks,
    () => true,
    async (mark) => {
      const activeAt = isFresh(mark, round) ? mark.at : await lastActivity(ports, mark);
      const { serviceSid, conversationSid } = mark;
      const known = due.get(conversationSid);
      if (isDue(activeAt, round) && activeAt > (known?.activeAt ?? 0)) {
        due.set(conversationSid, { serviceSid, conversationSid, activeAt });
      }
      return true;
    },
  );
  return [...due.values()].sort(compare);
}

/** In the order in which a round looks at them. */
export function compare(a: Place, b: Place): number {
  if (a.activeAt !== b.activeAt) return b.activeAt - a.activeAt;
  return a.conversationSid < b.conversationSid ? -1 : Number(a.conversationSid > b.conversationSid);
}

/** Due whatever came later in its quarter. */
function isFresh({ at }: Marked, round: Round): boolean {
  return isDue(at, { ...round, since: round.at });
}

async function lastActivity({ store }: ReconcilePorts, { conversationSid, at }: Marked): Promise<number> {
  const state = await store.get<ConversationRecord | null>(conversationKey(conversationSid));
  return Math.max(at, timeOf(state?.value?.activeAt) ?? 0);
}
