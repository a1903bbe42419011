import { type Call, ok, type Route } from '../call.ts';
import type { Core } from '../core.ts';
import { filterListing } from '../ledger.ts';
import { answerPage } from '../paging.ts';
import { notFound, RefusalError } from '../refusal-error.ts';
import { showReceipt } from '../show.ts';
import { messageOf } from './messages.ts';

/** https://www.twilio.com/docs/conversations/api/receipt-resource */

export const listReceipts: Route = (core, call) => {
  const { service, conversation, message } = messageOf(core, call);
  return answerPage(core, call, {
    key: 'delivery_receipts',
    listing: filterListing(message.receipts, ({ status }) => status !== 'queued'),
    maximum: 50,
    show: (receipt) => showReceipt(core, call, service, conversation, message, receipt),
  });
};

export const fetchReceipt: Route = (core, call) => {
  const { service, conversation, message } = messageOf(core, call);
  const sid = call.params['ReceiptSid'] ?? '';
  const receipt = message.receipts.get(sid);
  if (receipt === undefined || receipt.status === 'queued') throw notFound(receiptPath(call, sid));
  return ok(showReceipt(core, call, service, conversation, message, receipt));
};

function receiptPath(call: Call, sid: string): string {
  const { ConversationSid, MessageSid } = call.params;
  return `${call.base}/Conversations/${ConversationSid}/Messages/${MessageSid}/Receipts/${sid}`;
}

/** In every message's `links`, and documented nowhere: what it holds at Twilio is not known. */
export const fetchChannelMetadata: Route = (core: Core, call) => {
  const { service, conversation, message } = messageOf(core, call);
  if (core.settings.channelMetadata === 'absent' || message.channel_metadata === null)
    throw new RefusalError(50530);
  return ok({
    account_sid: core.state.account_sid,
    chat_service_sid: service.sid,
    conversation_sid: conversation.sid,
    message_sid: message.sid,
    ...message.channel_metadata,
  });
};
