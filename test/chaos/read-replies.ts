import type { ConversationsService } from '../../emulator/index.ts';
import { CREDENTIALS } from '../../local/lambda/deployed-bot.ts';

/** What stands in a conversation from the bot, in order, as Twilio's REST API shows it; at most 100 messages. */
export async function readReplies(
  service: ConversationsService,
  conversationSid: string,
): Promise<readonly string[]> {
  const { apiKeySid, apiKeySecret } = CREDENTIALS;
  const { body } = await service.handle({
    method: 'GET',
    url: `http://127.0.0.1/v1/Services/${service.serviceSid}/Conversations/${conversationSid}/Messages?PageSize=100`,
    headers: {
      authorization: `Basic ${Buffer.from(`${apiKeySid}:${apiKeySecret}`).toString('base64')}`,
    },
    body: new Uint8Array(),
  });
  const { messages } = JSON.parse(Buffer.from(body).toString('utf8')) as {
    messages: readonly { readonly author: string; readonly body: string | null }[];
  };
  return messages.filter(({ author }) => author === 'parley').map((message) => message.body ?? '');
}
