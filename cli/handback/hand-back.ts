import { withHandoverOff } from '../../lib/event/marker.ts';
import type { ConversationRecord } from '../../lib/record/conversation.ts';
import { conversationKey } from '../../lib/record/keys.ts';
import { fetchConversation, writeAttributes } from '../../lib/twilio/conversations.ts';
import { FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { findAddress } from '../stage/find-address.ts';
import type { Stage } from '../stage/stage.ts';

/** A webhook, a queue and a delivery. */
const HEARD_WITHIN_MS = 10_000;
const POLL_MS = 100;

/**
 * Says in a conversation's Attributes that it is the bot's again, with webhooks, so that the bot hears of it in the
 * ordinary way; and waits until it has.
 *
 * @returns whether it has
 * @throws CommandError where there is no such conversation, or its Attributes would be lost
 */
export async function handBack(stage: Stage, conversationSid: string): Promise<boolean> {
  const address = await findAddress(stage, conversationSid);
  const { attributes } = await fetchConversation(stage.twilio, address);
  const Attributes = withHandoverOff(attributes ?? '{}');
  if (Attributes === undefined) {
    throw new CommandError(
      FAILED,
      `The Attributes of ${conversationSid} are not a JSON object, and would be lost: set {"parley":{"handover":"off"}} beside what they hold.`,
    );
  }
  const from = stage.clock.now();
  const before = await givenBackAt(stage, conversationSid);
  await writeAttributes(stage.twilio, address, Attributes);
  do {
    if ((await givenBackAt(stage, conversationSid)) > before) return true;
    await stage.clock.sleep(POLL_MS);
  } while (stage.clock.now() - from < HEARD_WITHIN_MS);
  return false;
}

async function givenBackAt({ table }: Stage, conversationSid: string): Promise<number> {
  const state = await table.get<ConversationRecord>(conversationKey(conversationSid));
  return state?.value.givenBackAt ?? 0;
}
