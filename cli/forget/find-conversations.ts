import { isSid } from '../../lib/sid.ts';
import { conversationsOf } from '../../lib/twilio/participant-conversations.ts';
import { rulesOf } from '../evidence/rules-of.ts';
import type { Stage } from '../stage/stage.ts';

/** `+15550100`, `whatsapp:+15550100`, `messenger:…` */
const ADDRESS = /^(\+\d+$|[a-z]+:)/i;

/**
 * The conversations of a person, in every service that the bot answers.
 *
 * @param somebody the SID of a conversation, an address, or a chat user's identity
 */
export async function findConversations(stage: Stage, somebody: string): Promise<readonly string[]> {
  if (isSid('CH', somebody)) return [somebody];
  const by = ADDRESS.test(somebody) ? { Address: somebody } : { Identity: somebody };
  const found = await Promise.all(
    rulesOf(stage).serviceSids.map((service) => conversationsOf(stage.twilio, service, by)),
  );
  return [...new Set(found.flat())];
}
