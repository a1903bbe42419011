import { option } from '../option.ts';
import { oneOf, sidOf } from '../values.ts';
import { wrongValue } from '../wrong-value.ts';

/** Which webhook is meant. */
export const levelOptions = {
  level: option(
    'whose webhook: of the service, of the account, or of one conversation',
    oneOf('level', ['service', 'account', 'conversation']),
    'service',
  ),
  conversation: option('which, with --level conversation', sidOf('CH', 'a conversation')),
};

/** @throws CommandError where a conversation is meant and none is named */
export function needConversation(conversation: string | undefined): string {
  if (conversation !== undefined) return conversation;
  throw wrongValue('--conversation', '', 'the SID of a conversation, because --level is conversation');
}
