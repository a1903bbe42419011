/**
 * What the store knows of a conversation: how far its messages are accounted for, what the bot said lately, and
 * whether it is muted. All steps are pure; one write a message, after the record is finished.
 */
export interface ConversationState {
  readonly v: 1;
  /** Every message up to this Index is answered, recorded or not ours to answer. */
  readonly accounted: number;
  /** Indexes of our own replies above `accounted`; they are no gap. */
  readonly own: readonly number[];
  /** Replies of the last hour. */
  readonly replies: readonly NotedReply[];
  /** Exchanges in a row in which the other side wrote within seconds of our reply, as machines do. */
  readonly quickTurns: number;
  /** The latest text (a hash, not the words) and how often it came in a row. */
  readonly repeated: { readonly hash: string; readonly count: number };
  readonly mutedUntil: number;
  /** The hour in which the conversation was last marked active (active.ts). */
  readonly activeIn?: string;
}

interface NotedReply {
  /** When it was noted. */
  readonly at: number;
  /** When it was sent. */
  readonly sentAt?: number;
  /** The key of what it answered. */
  readonly key: string;
  /** What it answered had waited for more than a minute. */
  readonly late?: true;
}

export interface Budget {
  readonly perMinute: number;
  readonly perHour: number;
}

/** What is new about a conversation after one of its events was finished. */
export interface Happening {
  /** The event's natural key, so that noting the same event twice changes nothing. */
  readonly key: string;
  /** Absent on events that are not messages. */
  readonly index?: number;
  /** Milliseconds since the epoch when the event happened at Twilio. */
  readonly at: number;
  /** A hash of the normalised text; empty when there is none. */
  readonly textHash: string;
  readonly replied: boolean;
  readonly replyIndexes: readonly number[];
  /** When the first part of the reply was sent: a machine answers before we have noted that we spoke. */
  readonly sentAt?: number;
}

export const NEW_CONVERSATION: ConversationState = {
  v: 1,
  accounted: -1,
  own: [],
  replies: [],
  quickTurns: 0,
  repeated: { hash: '', count: 0 },
  mutedUntil: 0,
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** People rarely read a reply and answer it faster than this; programs do nothing else. */
const QUICK_MS = 3_000;
const MAX_QUICK_TURNS = 5;
const MAX_REPEATS = 3;
export const MUTE_MS = HOUR;

export type LoopReason = 'muted' | 'repeated_text' | 'budget_minute' | 'budget_hour';

/** Why the next reply in this conversation must not be sent, or undefined when it may. */
export function loopReason(
  state: ConversationState,
  happening: Pick<Happening, 'textHash'>,
  budget: Budget,
  now: number,
): LoopReason | undefined {
  if (state.mutedUntil > now) return 'muted';
  const repeats = state.repeated.hash === happening.textHash ? state.repeated.count : 0;
  if (happening.textHash !== '' && repeats >= MAX_REPEATS) return 'repeated_text';
  const within = (ms: number) => state.replies.filter(({ at }) => now - at < ms).length;
  if (within(MINUTE) >= budget.perMinute) return 'budget_minute';
  if (within(HOUR) >= budget.perHour) return 'budget_hour';
  return undefined;
}

/** Whether a message written at `writtenAt` has waited so long that it cannot be a loop's. */
export function isLate(writtenAt: number, now: number): boolean {
  return now - writtenAt > MINUTE;
}

/** Whether the budget of a minute went to messages that had waited for us: then the next one is no loop's either. */
export function isCatchingUp({ replies }: ConversationState, now: number): boolean {
  return replies.some(({ at, late }) => late && now - at < MINUTE);
}

/**
 * Whether there may be messages between what is accounted for and `index` that nobody told us about. Our own replies
 * are none: those that follow what is accounted for are accounted for as well.
 */
export function hasGap(state: ConversationState, index: number): boolean {
  return index > state.accounted + 1;
}

/** @returns the next state, and whether this very event muted the conversation. */
export function note(
  state: ConversationState,
  happening: Happening,
  now: number,
): { readonly state: ConversationState; readonly muted: boolean } {
  const accounted = accountFor(state, happening);
  if (isNoted(state, happening)) return { state: { ...state, ...accounted }, muted: false };
  const lastReply = state.replies.at(-1);
  // What was written before our reply (it waited in the queue) is no answer to it.
  const pause =
    lastReply === undefined ? Number.POSITIVE_INFINITY : happening.at - (lastReply.sentAt ?? lastReply.at);
  const quick = pause >= 0 && pause < QUICK_MS;
  const quickTurns = happening.index === undefined ? state.quickTurns : quick ? state.quickTurns + 1 : 0;
  const muted = quickTurns >= MAX_QUICK_TURNS;
  const { key, sentAt } = happening;
  const recent = state.replies.filter(({ at }) => now - at < HOUR);
  return {
    muted,
    state: {
      ...state,
      ...accounted,
      replies: happening.replied
        ? [
            ...recent,
            {
              at: now,
              key,
              ...(sentAt === undefined ? {} : { sentAt }),
              ...(isLate(happening.at, now) ? { late: true } : {}),
            },
          ]
        : recent,
      quickTurns: muted ? 0 : quickTurns,
      repeated: repeat(state.repeated, happening.textHash),
      mutedUntil: muted ? now + MUTE_MS : state.mutedUntil,
    },
  };
}

/** A queue delivers at least once; the second time must not count as a second turn. */
function isNoted(state: ConversationState, { key, index }: Happening): boolean {
  return (
    (index ?? Number.POSITIVE_INFINITY) <= state.accounted || state.replies.some((reply) => reply.key === key)
  );
}

function repeat(repeated: ConversationState['repeated'], hash: string): ConversationState['repeated'] {
  return { hash, count: repeated.hash === hash ? repeated.count + 1 : 1 };
}

/** Indexes only grow but may skip numbers, so everything below a handled message counts as accounted for. */
function accountFor(state: ConversationState, { index, replyIndexes }: Happening) {
  let accounted = Math.max(state.accounted, index ?? -1);
  const own = [...new Set([...state.own, ...replyIndexes])];
  while (own.includes(accounted + 1)) accounted += 1;
  return { accounted, own: own.filter((i) => i > accounted) };
}
