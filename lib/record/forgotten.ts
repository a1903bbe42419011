import { type ConversationRecord, NEW_CONVERSATION, shortKey } from './conversation.ts';
import { type Finished, finish, finishedRecord, type MessageRecord } from './message-record.ts';
import { withoutNames } from './said-off.ts';

/**
 * What stays of a record when a person is forgotten: that the event had its outcome, and the SIDs of its answer, until the
 * record would have expired. Without it the event would be missed, found, and answered a second time. What was in flight
 * ends.
 *
 * @param at in milliseconds since the epoch
 */
export function forgottenRecord(record: MessageRecord, at: number): MessageRecord {
  const { eventType, receivedAt, finished, parts, reported, v } = record;
  const { parts: wordless } = finish({ v, eventType, receivedAt, parts }, FORGOTTEN(at));
  return {
    v,
    eventType,
    receivedAt,
    parts: wordless,
    // Why it was not answered says something of whoever wrote it; and nobody is to replay it.
    finished: finished === undefined ? FORGOTTEN(at) : withoutReason(finished),
    ...(reported && { reported }),
  };
}

/** The record of an event that had none: it ends unanswered. */
export function forgottenEvent(eventType: string, at: number): MessageRecord {
  return finishedRecord({ eventType, receivedAt: at }, FORGOTTEN(at));
}

/**
 * What stays of a conversation: how far it is accounted for, and what keeps the bot from speaking where it must not (a
 * mute, a handover and what was said of its end, a person, its budgets). What was said, asked and remembered, and who wrote, is gone.
 *
 * @param ended keys of events that ended by being forgotten, which are not to be noted when they come again
 * @param accounted the Index up to which there is nothing left to answer
 */
export function forgottenConversation(
  state: ConversationRecord,
  {
    ended,
    accounted,
    at,
  }: { readonly ended: readonly string[]; readonly accounted: number; readonly at: number },
): ConversationRecord {
  const {
    own,
    noted = [],
    notedAt = [],
    mutedUntil,
    mutes,
    byChannel,
    saidOff,
    handover,
    givenBackAt,
    personAt,
    spoken,
  } = state;
  return {
    ...NEW_CONVERSATION,
    accounted: Math.max(state.accounted, accounted),
    own: own.filter((index) => index > accounted),
    noted: [...noted, ...ended.map(shortKey)],
    notedAt: [...notedAt, ...ended.map(() => at)],
    mutedUntil,
    ...(mutes !== undefined && { mutes }),
    ...(byChannel && { byChannel }),
    ...(saidOff && { saidOff: withoutNames(saidOff) }),
    ...(handover && { handover }),
    ...(givenBackAt !== undefined && { givenBackAt }),
    ...(personAt !== undefined && { personAt }),
    ...(spoken && { spoken }),
  };
}

function withoutReason({ reason: _, ...finished }: Finished): Finished {
  return finished.outcome === 'replied' ? finished : { ...finished, reason: 'forgotten' };
}

const FORGOTTEN = (at: number) => ({ outcome: 'suppressed', reason: 'forgotten', at }) as const;
