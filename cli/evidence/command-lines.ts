import type { ConversationAddress } from '../../lib/twilio/messages.ts';
import { stageOptions } from '../stage/stage-options.ts';

/** A whole command line for the stage that is looked at, to be copied. */
export function commandLine(words: string, stage: string): string {
  const isInitial = stage === stageOptions.stage.initial;
  return `npx parley ${words}${isInitial ? '' : ` --stage ${stage}`}`;
}

/** What says more of a message, or of a conversation whose welcome it concerns. */
export function explainLine(sid: string, { conversationSid }: ConversationAddress, stage: string): string {
  return commandLine(
    sid.startsWith('IM') ? `explain ${sid} ${conversationSid}` : `explain ${conversationSid}`,
    stage,
  );
}
