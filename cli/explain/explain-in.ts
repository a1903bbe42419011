import { NotFoundError } from '../../lib/twilio/twilio-errors.ts';
import { rulesOf } from '../evidence/rules-of.ts';
import type { Stage } from '../stage/stage.ts';
import { explainConversation } from './explain-conversation.ts';
import { explainMessage } from './explain-message.ts';
import { addressOf, needConversation, noConversation } from './find-conversation.ts';
import { showConversation, showMessage } from './show-explanation.ts';
import { whyByRulesIn } from './why-decided.ts';

/**
 * @param folder of the checkout, whose rules may say why
 * @returns the same for people and as one object
 */
export async function explainIn(
  stage: Stage,
  sid: string,
  conversation: string | undefined,
  folder: string,
): Promise<{ readonly shown: readonly string[]; readonly json: object }> {
  const isMessage = sid.startsWith('IM');
  const conversationSid = isMessage ? (conversation ?? (await needConversation(stage, sid))) : sid;
  const { serviceSids } = rulesOf(stage);
  const address = await addressOf(stage, serviceSids, conversationSid);
  try {
    if (!isMessage) {
      const explained = await explainConversation(stage, address);
      return { shown: showConversation(explained), json: flat(explained) };
    }
    const explained = await explainMessage(stage, address, sid, await whyByRulesIn(folder));
    return { shown: showMessage(explained), json: flat(explained) };
  } catch (error) {
    // Where there is one service only, nobody has asked whether it has the conversation.
    if (error instanceof NotFoundError) throw noConversation(serviceSids, conversationSid);
    throw error;
  }
}

function flat<T extends { readonly address: object }>({ address, ...rest }: T) {
  return { ...address, ...rest };
}
