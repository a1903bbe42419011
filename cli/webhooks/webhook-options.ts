import { MISUSED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { option } from '../option.ts';
import { oneOf, sidOf } from '../values.ts';

export interface LevelValues {
  readonly level: 'service' | 'account' | 'conversation';
  readonly conversation: string | undefined;
}

/** Which webhook is meant. */
export const levelOptions = {
  level: option(
    'whose webhook: of the service, of the account, or of one conversation',
    oneOf('level', ['service', 'account', 'conversation']),
    'service',
  ),
  conversation: option('which, with --level conversation', sidOf('CH', 'a conversation')),
};

/** @throws CommandError where a conversation is meant and none is named, or the other way round */
export function conversationMeant({ level, conversation }: LevelValues): string {
  if (level !== 'conversation') {
    if (conversation === undefined) return '';
    throw new CommandError(MISUSED, '--conversation goes with --level conversation.');
  }
  if (conversation !== undefined) return conversation;
  throw new CommandError(
    MISUSED,
    '--conversation is missing: expected the SID of a conversation, because --level is conversation.',
  );
}
