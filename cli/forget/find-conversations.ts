import { isSid } from '../../lib/sid.ts';
import { conversationsOf } from '../../lib/twilio/participant-conversations.ts';
import { rulesOf } from '../evidence/rules-of.ts';
import type { Stage } from '../stage/stage.ts';

const NUMBER = /^\+\d+$/;

/**
 * The conversations of a person, in every service that the bot answers. A number is looked for on WhatsApp as well, and
 * everything as the identity of a chat user too.
 *
 * @param somebody the SID of a conversation, an address such as `whatsapp:+15550100`, or an identity
 */
export async function findConversations(stage: Stage, somebody: string): Promise<readonly string[]> {
  if (isSid('CH', somebody)) return [somebody];
  const addresses = NUMBER.test(somebody) ? [somebody, `whatsapp:${somebody}`] : [somebody];
  const found = new Set<string>();
  for (const serviceSid of rulesOf(stage).serviceSids) {
    for (const by of [...addresses.map((Address) => ({ Address })), { Identity: somebody }]) {
      for (const sid of await conversationsOf(stage.twilio, serviceSid, by)) found.add(sid);
    }
  }
  return [...found];
}
