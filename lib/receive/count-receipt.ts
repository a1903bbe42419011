import type { EventOf } from '../event/event-types.ts';
import type { Log } from '../log.ts';

/**
 * What became of a message at one recipient. Each webhook counts, so a message to a group counts once for each of its
 * people, and a receipt that comes twice counts twice: nothing is read or written to tell. A doubtful one counts as it
 * reads, because whoever can cut one anew holds a signed one, and could send that again.
 * https://www.twilio.com/docs/conversations/delivery-receipts
 */
export function countReceipt(log: Pick<Log, 'count' | 'warn'>, event: EventOf<'onDeliveryUpdated'>): void {
  switch (event.Status) {
    case 'delivered':
      log.count('delivery_confirmed');
      break;
    case 'failed':
    case 'undelivered': {
      const code = String(event.ErrorCode ?? 'none');
      log.count('delivery_failed', code);
      const { ChatServiceSid: serviceSid, ConversationSid: conversationSid, MessageSid: messageSid } = event;
      const sids = { serviceSid, conversationSid, messageSid };
      log.warn('a message did not arrive', { ...sids, outcome: event.Status, code });
      break;
    }
  }
}
