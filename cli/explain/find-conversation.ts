import { findServiceSid } from '../../lib/twilio/conversations.ts';
import type { ConversationAddress } from '../../lib/twilio/messages.ts';
import { FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import type { Stage } from '../stage/stage.ts';
import { parleyLine } from '../stage/suggest.ts';

const DAY = 86_400_000;
/** As long as logs and records are kept. */
const KEPT_MS = 30 * DAY;

/**
 * Twilio finds a message by its conversation only. The logs name both, and the table, which is read as a whole where
 * they do not.
 * @returns undefined where neither knows of it
 */
export async function findConversation(stage: Stage, messageSid: string): Promise<string | undefined> {
  return (await findInLogs(stage, messageSid)) ?? (await findInTable(stage, messageSid));
}

/** @throws CommandError where neither the logs nor the table know of it */
export async function needConversation(stage: Stage, messageSid: string): Promise<string> {
  const found = await findConversation(stage, messageSid);
  if (found !== undefined) return found;
  throw new CommandError(
    FAILED,
    `Neither the logs nor the table name ${messageSid}: give its conversation as well, ${parleyLine(`explain ${messageSid} CH…`, stage)}`,
  );
}

async function findInLogs({ logs, clock }: Stage, messageSid: string): Promise<string | undefined> {
  const now = clock.now();
  const span = { from: now - KEPT_MS, to: now + 1, limit: 20 };
  const lines = await logs.find(messageSid, span).catch(() => []);
  for (const { fields } of lines) {
    if (typeof fields['conversationSid'] === 'string') return fields['conversationSid'];
  }
  return undefined;
}

/** Of an answer of the bot's, the record of what it answers has its SID. */
async function findInTable({ table }: Stage, messageSid: string): Promise<string | undefined> {
  for await (const [{ pk, sk }, { value }] of table.scan()) {
    if (!pk.startsWith('CH')) continue;
    if (sk.includes(messageSid)) return pk;
    if (sk.startsWith('on') && JSON.stringify(value).includes(messageSid)) return pk;
  }
  return undefined;
}

/** @throws CommandError where none of the stage's services has such a conversation */
export async function addressOf(
  { twilio }: Stage,
  serviceSids: readonly string[],
  conversationSid: string,
): Promise<ConversationAddress> {
  const [only] = serviceSids;
  if (only !== undefined && serviceSids.length === 1) return { serviceSid: only, conversationSid };
  const serviceSid = await findServiceSid(twilio, conversationSid, serviceSids);
  if (serviceSid !== undefined) return { serviceSid, conversationSid };
  throw noConversation(serviceSids, conversationSid);
}

export function noConversation(serviceSids: readonly string[], conversationSid: string): CommandError {
  return new CommandError(
    FAILED,
    `Twilio has no conversation ${conversationSid} in ${serviceSids.join(', ')}: it was deleted, or is in another account.`,
  );
}
