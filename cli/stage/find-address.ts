import { findServiceSid } from '../../lib/twilio/conversations.ts';
import type { ConversationAddress } from '../../lib/twilio/messages.ts';
import { FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import type { Stage } from './stage.ts';

/** The services that the bot answers. */
export function servicesOf({ settings }: Pick<Stage, 'settings'>): readonly string[] {
  const given = settings.reconcile['TWILIO_CHAT_SERVICE_SID'] ?? '';
  return given.split(',').map((sid) => sid.trim());
}

/** @throws CommandError where Twilio has no such conversation */
export async function findAddress(
  stage: Pick<Stage, 'settings' | 'twilio' | 'name'>,
  conversationSid: string,
): Promise<ConversationAddress> {
  const serviceSid = await findServiceSid(stage.twilio, conversationSid, servicesOf(stage));
  if (serviceSid !== undefined) return { serviceSid, conversationSid };
  throw new CommandError(
    FAILED,
    `There is no conversation ${conversationSid} in the account of ${stage.name}: it may be another stage's, or was deleted.`,
  );
}
