import { type Marked, markedByTheHour, markedIn, timeOf } from '../record/active.ts';
import type { ConversationRecord } from '../record/conversation.ts';
import { conversationKey } from '../record/keys.ts';
import { hoursDue, isDue, isLater, quartersDue, type Round } from './due.ts';
import type { Place } from './look-state.ts';
import type { ReconcilePorts } from './reconcile-ports.ts';

/** Its place is that of its latest mark. */
export interface DueConversation extends Place {
  readonly serviceSid: string;
  /** Twilio refused a look, and this round is to look again, whatever came later. */
  readonly isRefused?: true;
}

/** For how long an update reads what the version before marked: so long those marks live. */
const BEFORE_MS = 25 * 3_600_000;

/**
 * The conversations that may be due in a round, by their latest mark, the latest activity first. A mark says when a
 * quarter's activity began; where that does not decide, `isStillDue` does.
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
  const refused = new Set<string>();
  for (const { at, isRefused, ...address } of marks) {
    if (isRefused && isDue(at, round)) refused.add(address.conversationSid);
    const known = due.get(address.conversationSid)?.activeAt ?? 0;
    if (at > known && !isLater(at, round)) due.set(address.conversationSid, { ...address, activeAt: at });
  }
  const all = [...due.values()].map((each) =>
    refused.has(each.conversationSid) ? { ...each, isRefused: true as const } : each,
  );
  return all.sort(compare);
}

/** In the order in which a round looks at them. */
export function compare(a: Place, b: Place): number {
  if (a.activeAt !== b.activeAt) return b.activeAt - a.activeAt;
  return a.conversationSid < b.conversationSid ? -1 : Number(a.conversationSid > b.conversationSid);
}

/** Where its mark leaves that open, the conversation's own item says when it was last active. */
export async function isStillDue(
  { store }: ReconcilePorts,
  { conversationSid, activeAt, isRefused }: DueConversation,
  round: Round,
): Promise<boolean> {
  const isFresh = isDue(activeAt, { ...round, since: round.at });
  if (isFresh || isRefused) return true;
  const state = await store.get<ConversationRecord | null>(conversationKey(conversationSid));
  return isDue(Math.max(activeAt, timeOf(state?.value?.activeAt) ?? 0), round);
}
