import { withHandoverOff } from '../../lib/event/with-handover-off.ts';
import { handBack as giveBackByHand } from '../../lib/record/by-hand.ts';
import type { ConversationRecord } from '../../lib/record/conversation.ts';
import { conversationKey } from '../../lib/record/keys.ts';
import { fetchConversation, writeAttributes } from '../../lib/twilio/conversations.ts';
import { findAddress } from '../stage/find-address.ts';
import type { Stage } from '../stage/stage.ts';

/** A webhook, a queue and a delivery. */
const HEARD_WITHIN_MS = 10_000;
const POLL_MS = 100;

/** `heard`: Twilio told the bot; `table`: it was told by its table; `unknown`: it knows nothing of the conversation. */
export type HandedBack = 'heard' | 'table' | 'unknown';

/**
 * Says in a conversation's Attributes that it is the bot's again, with webhooks, so that the bot hears of it in the
 * ordinary way, and all others who look at the Attributes. Where it does not hear of it, its table is changed.
 *
 * @throws CommandError where there is no such conversation, HandoverUnwritableError where its Attributes would be lost
 */
export async function handBack(stage: Stage, conversationSid: string): Promise<HandedBack> {
  const address = await findAddress(stage, conversationSid);
  const { attributes } = await fetchConversation(stage.twilio, address);
  const Attributes = withHandoverOff(attributes);
  const from = stage.clock.now();
  const before = await givenBackAt(stage, conversationSid);
  await writeAttributes(stage.twilio, address, Attributes);
  do {
    if ((await givenBackAt(stage, conversationSid)) > before) return 'heard';
    await stage.clock.sleep(POLL_MS);
  } while (stage.clock.now() - from < HEARD_WITHIN_MS);
  const ports = { store: stage.table, clock: stage.clock };
  return (await giveBackByHand(ports, conversationSid)) === undefined ? 'unknown' : 'table';
}

async function givenBackAt({ table }: Stage, conversationSid: string): Promise<number> {
  const state = await table.get<ConversationRecord>(conversationKey(conversationSid));
  return state?.value.givenBackAt ?? 0;
}
