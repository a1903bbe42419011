import * as z from 'zod/mini';
import { nullable } from '../../lib/twilio/message-resource.ts';
import type { ConversationAddress } from '../../lib/twilio/messages.ts';
import type { TwilioApi } from '../../lib/twilio/request.ts';
import { checkSid, conversationPath } from '../../lib/twilio/resource-path.ts';

/** How a message fared on its way to one participant. https://www.twilio.com/docs/conversations/api/receipt-resource */
const receipt = z.object({
  sid: z.string(),
  /** `sent`, `delivered`, `read`, `failed` or `undelivered`. */
  status: nullable(z.string()),
  /** 0 where nothing is wrong. */
  error_code: nullable(z.number()),
  date_updated: nullable(z.string()),
});

export type Receipt = z.infer<typeof receipt>;

const page = z.object({ delivery_receipts: z.array(receipt) });

/**
 * The first fifty, which are all of them but in a large group. One request.
 * @throws InvalidParameterError, or what `TwilioApi.request` throws.
 */
export async function listReceipts(
  api: TwilioApi,
  address: ConversationAddress,
  messageSid: string,
): Promise<readonly Receipt[]> {
  const path = conversationPath(address, 'Messages', checkSid('messageSid', 'IM', messageSid), 'Receipts');
  const { delivery_receipts: receipts } = await api.request({ method: 'GET', path, expected: page });
  return receipts;
}
