import type { Conversation, MessagingBinding, Participant } from '../state.ts';

/** `sms`, `whatsapp`, …, or `chat` for a participant who has no address of their own. */
export function channelOf(participant: Participant): string {
  const binding = participant.messaging_binding;
  return binding?.address === undefined ? 'chat' : binding.type;
}

/** The channel a template is rendered for: that of the first participant who is not on chat. */
export function conversationChannel(conversation: Conversation): string {
  return conversation.participants.items.map(channelOf).find((channel) => channel !== 'chat') ?? 'chat';
}

/** Participants who are reached over a channel, not by the SDK. */
export function nonChatParticipants(conversation: Conversation): readonly Participant[] {
  return conversation.participants.items.filter((participant) => channelOf(participant) !== 'chat');
}

/** Group MMS: somebody has an address without a proxy, or a projected address. */
export function isGroup(conversation: Conversation): boolean {
  return conversation.participants.items.some(({ messaging_binding }) => bindsAsGroup(messaging_binding));
}

/** Somebody without a proxy of their own, or with a projected address, is in a group or makes one. */
export function bindsAsGroup(binding: MessagingBinding | null): boolean {
  if (binding === null) return false;
  return binding.projected_address !== undefined || binding.proxy_address === undefined;
}

export function findAuthor(conversation: Conversation, author: string): Participant | undefined {
  return conversation.participants.items.find(
    ({ identity, messaging_binding: binding }) =>
      identity === author || binding?.address === author || binding?.projected_address === author,
  );
}
