import { findServiceSid } from '../../lib/twilio/conversations.ts';
import { FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import type { Stage } from '../stage/stage.ts';

/** @throws CommandError where none of the services has it */
export async function serviceOfConversation(
  { twilio }: Pick<Stage, 'twilio'>,
  conversationSid: string,
  serviceSids: readonly string[],
): Promise<string> {
  const found = await findServiceSid(twilio, conversationSid, serviceSids);
  if (found !== undefined) return found;
  throw new CommandError(
    FAILED,
    `Twilio has no conversation ${conversationSid} in ${serviceSids.join(', ')}.`,
  );
}
