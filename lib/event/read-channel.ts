import type { Channel } from '../rules/types.ts';
import type { ConversationEvent } from './event-types.ts';

const E164 = /^\+[1-9]\d{1,14}$/;

/**
 * How the customer reaches us. The address says it; where it says nothing (a short code, an alphanumeric sender)
 * the hint does: Source on messages, the binding's type on participants. Whatever is left is an SDK chat.
 */
export function readChannel(event: ConversationEvent): Channel {
  switch (event.EventType) {
    case 'onMessageAdded':
      return channelOf(event.Author, event.Source);
    case 'onParticipantAdded':
      return channelOf(event['MessagingBinding.Address']?.[0], event['MessagingBinding.Type']);
    case 'onConversationAdded':
      return channelOf(event['MessagingBinding.Address']?.[0], event.Source);
    default:
      return 'chat';
  }
}

function channelOf(address = '', hint = ''): Channel {
  if (address.startsWith('whatsapp:')) return 'whatsapp';
  if (E164.test(address)) return 'sms';
  const channel = hint.toLowerCase();
  return channel === 'whatsapp' || channel === 'sms' ? channel : 'chat';
}
