import type { ConversationsService, ServiceResponse } from '../../emulator/index.ts';
import { withHandoverOff } from '../../lib/event/with-handover-off.ts';

/**
 * Gives a conversation back to the bot as a tool of the business would: by its Attributes, with webhooks, so that the
 * bot hears of it in the ordinary way.
 * @returns what the service answers
 * @throws HandoverUnwritableError where its Attributes would be lost
 */
export async function giveBack(
  service: ConversationsService,
  conversationSid: string,
): Promise<ServiceResponse> {
  const credentials = `${service.accountSid}:${service.authTokens[0]}`;
  const url = `/v1/Conversations/${conversationSid}`;
  const headers = {
    authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-webhook-enabled': 'true',
  };
  const found = await service.handle({ method: 'GET', url, headers, body: new Uint8Array() });
  if (found.status !== 200) return found;
  const { attributes } = JSON.parse(Buffer.from(found.body).toString('utf8')) as { attributes: string };
  const form = new URLSearchParams({ Attributes: withHandoverOff(attributes) });
  return service.handle({ method: 'POST', url, headers, body: Buffer.from(form.toString()) });
}
