import { findServiceSid } from '../../lib/twilio/conversations.ts';
import type { ConversationAddress } from '../../lib/twilio/messages.ts';
import { FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { rulesOf } from '../evidence/rules-of.ts';
import type { Stage } from './stage.ts';

/** @throws CommandError where Twilio has no such conversation */
export async function findAddress(
  stage: Pick<Stage, 'settings' | 'twilio' | 'name'>,
  conversationSid: string,
): Promise<ConversationAddress> {
  const serviceSid = await findServiceSid(stage.twilio, conversationSid, rulesOf(stage).serviceSids);
  if (serviceSid !== undefined) return { serviceSid, conversationSid };
  throw new CommandError(
    FAILED,
    `There is no conversation ${conversationSid} in the account of ${stage.name}: it may be another stage's, or was deleted.`,
  );
}
