import type { Conversation, Participant, ShownChannel } from '../model/model.ts';
import { formatName } from '../ui/format.ts';

export const CHANNEL_NAMES: Readonly<Record<ShownChannel, string>> = {
  whatsapp: 'WhatsApp',
  sms: 'SMS',
  rcs: 'RCS',
  messenger: 'Messenger',
  email: 'E-mail',
  chat: 'Chat',
  other: 'Another channel',
};

/** Its friendly name, or else its customer. */
export function nameConversation(conversation: Conversation): string {
  const customer = customerOf(conversation);
  return conversation.friendlyName ?? (customer === undefined ? conversation.sid : formatName(customer.name));
}

/** Whoever is on a channel, or else came first. */
export function customerOf({ participants }: Conversation): Participant | undefined {
  const all = [...participants.values()];
  return all.find(({ channel }) => channel !== 'chat') ?? all[0];
}
