import { BotError } from '../errors.ts';

/** A conversation's item was written by a version that knows more than this one. Nothing was changed. */
export class ConversationNewerError extends BotError {
  override readonly name = 'ConversationNewerError' as const;
  readonly code = 'conversation_newer' as const;

  constructor(conversationSid: string, found: number, most: number) {
    super(
      `What is known of ${conversationSid} was written in form ${found}, and this version of parley knows forms up to ${most}, so nothing was changed. Use the commands of the version that is deployed.`,
    );
  }
}
