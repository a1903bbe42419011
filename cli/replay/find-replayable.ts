import type { ConversationRecord } from '../../lib/record/conversation.ts';
import { conversationKey, recordKey } from '../../lib/record/keys.ts';
import { type Finished, isReplayable, type MessageRecord } from '../../lib/record/message-record.ts';
import { FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { findConversation } from '../explain/find-conversation.ts';
import { isReadable } from '../stage/check-item.ts';
import type { Stage } from '../stage/stage.ts';
import { parleyLine } from '../stage/suggest.ts';

/** A message that came to its outcome, and may be decided anew unless `whyNot` says otherwise. */
export interface Chosen {
  readonly messageSid: string;
  readonly conversationSid: string;
  readonly was: string | null;
  readonly whyNot?: string;
  /** The command that helps then, where one does. */
  readonly next?: string;
}

const MESSAGE = 'onMessageAdded|';

/** Messages by their SIDs. @throws CommandError where nobody knows of one */
export async function findBySid(stage: Stage, messageSids: readonly string[]): Promise<readonly Chosen[]> {
  const chosen: Chosen[] = [];
  for (const messageSid of new Set(messageSids)) {
    const conversationSid = await findConversation(stage, messageSid);
    if (conversationSid === undefined) throw nobodyKnows(stage, messageSid);
    const stored = await stage.table.get<MessageRecord>(
      recordKey(conversationSid, `${MESSAGE}${messageSid}`),
    );
    chosen.push(judge(stage, messageSid, conversationSid, stored?.value));
  }
  return withoutMuted(stage, chosen);
}

/**
 * Messages that came since then and ended so. Reads all of the table.
 * @param outcomes as shownOutcome gives them, or without their reasons
 */
export async function findByOutcome(
  stage: Stage,
  since: number,
  outcomes: readonly string[],
): Promise<readonly Chosen[]> {
  const chosen: Chosen[] = [];
  for await (const [{ pk, sk }, { value }] of stage.table.scan()) {
    if (!pk.startsWith('CH') || !sk.startsWith(MESSAGE)) continue;
    const messageSid = sk.slice(MESSAGE.length);
    if (!isReadable({ pk, sk }, value)) {
      chosen.push({
        messageSid,
        conversationSid: pk,
        was: null,
        whyNot: 'its record holds what this version cannot read',
      });
      continue;
    }
    const { finished, receivedAt } = value as MessageRecord;
    if (finished === undefined || receivedAt < since || !isAsked(finished, outcomes)) continue;
    const one = judge(stage, messageSid, pk, value as MessageRecord);
    if (one.whyNot === undefined) chosen.push(one);
  }
  return withoutMuted(stage, chosen);
}

function nobodyKnows(stage: Stage, messageSid: string): CommandError {
  const line = parleyLine('recover', stage);
  return new CommandError(
    FAILED,
    `Neither the logs nor the table name ${messageSid}: nothing of it can be decided anew. What was missed is found by ${line}`,
  );
}

/** Decided there, it would end as muted, which stands: it is left until somebody ends the mute. */
async function withoutMuted(stage: Stage, chosen: readonly Chosen[]): Promise<readonly Chosen[]> {
  const { table, clock } = stage;
  const muted = new Set<string>();
  for (const sid of new Set(chosen.map(({ conversationSid }) => conversationSid))) {
    const state = (await table.get<ConversationRecord>(conversationKey(sid)))?.value;
    if ((state?.mutedUntil ?? 0) > clock.now()) muted.add(sid);
  }
  return chosen.map((one) =>
    one.whyNot === undefined && muted.has(one.conversationSid)
      ? {
          ...one,
          whyNot: 'its conversation is muted',
          next: parleyLine(`unmute ${one.conversationSid}`, stage),
        }
      : one,
  );
}

export function shownOutcome({ outcome, reason }: Finished): string {
  return reason === undefined ? outcome : `${outcome}: ${reason}`;
}

function isAsked(finished: Finished, outcomes: readonly string[]): boolean {
  return outcomes.includes(finished.outcome) || outcomes.includes(shownOutcome(finished));
}

function judge(
  stage: Stage,
  messageSid: string,
  conversationSid: string,
  record: MessageRecord | undefined,
): Chosen {
  const { finished } = record ?? {};
  const was = finished === undefined ? null : shownOutcome(finished);
  const whyNot = whyNotOf(record);
  const next = record === undefined ? parleyLine('recover', stage) : undefined;
  return {
    messageSid,
    conversationSid,
    was,
    ...(whyNot !== undefined && { whyNot }),
    ...(next !== undefined && { next }),
  };
}

function whyNotOf(record: MessageRecord | undefined): string | undefined {
  const { finished } = record ?? {};
  if (record === undefined) return 'the table has no record of it';
  if (finished === undefined) return 'it is in flight';
  if (finished.reason === 'forgotten') return 'whoever wrote it was forgotten';
  return isReplayable(record, '') ? undefined : `it ended ${shownOutcome(finished)}, and that stands`;
}
