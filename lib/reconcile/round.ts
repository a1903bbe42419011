import { attempt } from './attempt.ts';
import type { Round } from './due.ts';
import { compare, type DueConversation, dueConversations, isStillDue } from './due-conversations.ts';
import type { LookState } from './look-state.ts';
import type { Looks } from './looks.ts';
import type { ReconcilePorts } from './reconcile-ports.ts';
import { sideBySide } from './side-by-side.ts';

/** What due conversations leave to a wide look, which would never come to its end otherwise. */
const SHARE_BESIDE_WIDE_LOOK = 0.8;

/**
 * Looks at what is due, from where the round stopped.
 * @returns the round as far as it got; without one it is finished.
 */
export async function lookRound(
  ports: ReconcilePorts,
  serviceSids: readonly string[],
  round: NonNullable<LookState['round']>,
  { looks, state }: { readonly looks: Looks; readonly state: LookState },
): Promise<{ readonly round?: LookState['round'] }> {
  const { upTo } = round;
  const all = await dueConversations(ports, serviceSids, round, state.deployedAt);
  const due = upTo === undefined ? all : all.filter((each) => compare(upTo, each) < 0);
  const isShared = state.wide !== undefined || state.signs.length > 0;
  const share = isShared ? SHARE_BESIDE_WIDE_LOOK : 1;
  let isOver = 0;
  const done = await sideBySide(
    due,
    () => looks.goesOn(share),
    async (conversation) => {
      // Where the table fails, so does the look, which says what comes then.
      if ((await attempt(ports, () => isStillDue(ports, conversation, round))) !== false)
        return looks.look(conversation);
      isOver += 1;
      return true;
    },
  );
  ports.log.measure({
    reconcile_due: due.length - isOver,
    reconcile_oldest_s: oldest(ports.clock.now(), round),
  });
  if (done === due.length) return {};
  return { round: { ...round, ...placeOf(due[done - 1]) } };
}

function placeOf(last: DueConversation | undefined): Pick<NonNullable<LookState['round']>, 'upTo'> {
  if (last === undefined) return {};
  const { activeAt, conversationSid } = last;
  return { upTo: { activeAt, conversationSid } };
}

/** In whole seconds. */
function oldest(now: number, { since }: Round): number {
  return Math.round((now - since) / 1_000);
}
