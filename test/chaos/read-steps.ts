import type { ConversationsService } from '../../emulator/index.ts';
import { CREDENTIALS } from '../../local/lambda/deployed-bot.ts';
import type { Line } from './trial.ts';

/** How many of the steps that are due for this line cannot be seen at Twilio: its tag, and each of who is invited. */
export async function missingSteps(
  service: ConversationsService,
  conversationSid: string,
  { body, steps }: Line,
): Promise<number> {
  if (steps === undefined) return 0;
  const { messages } = await read<{ body: string; attributes: string }>(service, conversationSid, 'Messages');
  const { participants } = await read<{ identity: string | null }>(service, conversationSid, 'Participants');
  const tagged = messages?.find((message) => message.body === body)?.attributes;
  const invited = steps.invited.filter((name) => participants?.some(({ identity }) => identity === name));
  return (tagged === JSON.stringify(steps.tags) ? 0 : 1) + steps.invited.length - invited.length;
}

async function read<Item>(
  service: ConversationsService,
  conversationSid: string,
  resource: string,
): Promise<Readonly<Record<string, readonly Item[]>>> {
  const { apiKeySid, apiKeySecret } = CREDENTIALS;
  const { body } = await service.handle({
    method: 'GET',
    url: `http://127.0.0.1/v1/Services/${service.serviceSid}/Conversations/${conversationSid}/${resource}?PageSize=100`,
    headers: { authorization: `Basic ${Buffer.from(`${apiKeySid}:${apiKeySecret}`).toString('base64')}` },
    body: new Uint8Array(),
  });
  return JSON.parse(Buffer.from(body).toString('utf8')) as Readonly<Record<string, readonly Item[]>>;
}
