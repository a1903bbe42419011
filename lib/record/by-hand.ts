import { type ChangePorts, changeItem } from './change-item.ts';
import { type ConversationRecord, NEW_CONVERSATION } from './conversation.ts';
import { ConversationNewerError } from './conversation-newer-error.ts';
import { conversationKey } from './keys.ts';

/**
 * The longest that an operator may mute a conversation, in milliseconds: its item lives as long, and longer with each
 * event.
 */
export const MAX_MUTE_MS = 30 * 86_400_000;

/**
 * Mutes a conversation until then, whatever mutes it already: what loops do afterwards can only make it longer.
 * @param until milliseconds since the epoch; at most MAX_MUTE_MS from now
 */
export async function muteConversation(
  ports: ChangePorts,
  conversationSid: string,
  until: number,
): Promise<ConversationRecord | undefined> {
  const most = ports.clock.now() + MAX_MUTE_MS;
  return change(ports, conversationSid, (before = NEW_CONVERSATION) => ({
    ...before,
    mutedUntil: Math.min(until, most),
  }));
}

/** Ends what mutes a conversation, an operator’s mute and a loop’s. @returns undefined where nothing is known of it */
export async function unmuteConversation(
  ports: ChangePorts,
  conversationSid: string,
): Promise<ConversationRecord | undefined> {
  return change(ports, conversationSid, (before) => before && { ...before, mutedUntil: 0, quickTurns: 0 });
}

/**
 * Gives a conversation back to the bot: what a rule handed over, and what a person wrote, keeps it quiet no longer. What
 * customers wrote before stays the person’s. @returns undefined where nothing is known of it
 */
export async function handBack(
  ports: ChangePorts,
  conversationSid: string,
): Promise<ConversationRecord | undefined> {
  const at = ports.clock.now();
  return change(
    ports,
    conversationSid,
    (before) => before && { ...before, givenBackAt: Math.max(before.givenBackAt ?? 0, at) },
  );
}

/** @throws ConversationNewerError: nothing that a newer version wrote is changed, and nobody is to believe it was */
function change(
  ports: ChangePorts,
  conversationSid: string,
  how: (before: ConversationRecord | undefined) => ConversationRecord | undefined,
): Promise<ConversationRecord | undefined> {
  const key = conversationKey(conversationSid);
  return changeItem<ConversationRecord>(ports, key, 'conversation', (before) => {
    if (before !== undefined && before.v > NEW_CONVERSATION.v) {
      throw new ConversationNewerError(conversationSid, before.v, NEW_CONVERSATION.v);
    }
    return how(before);
  });
}
