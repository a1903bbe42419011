import { startService, type TestService } from './start-service.ts';

/** One of everything, by the names that paths of Twilio's OpenAPI files use. */
export interface FullWorld {
  readonly service: TestService;
  readonly sids: Readonly<Record<string, string>>;
}

export const HOOK_EVENTS = [
  'onMessageAdded',
  'onMessageUpdated',
  'onMessageRemoved',
  'onConversationAdded',
  'onConversationUpdated',
  'onConversationRemoved',
  'onConversationStateUpdated',
  'onParticipantAdded',
  'onParticipantUpdated',
  'onParticipantRemoved',
  'onUserAdded',
  'onUserUpdated',
] as const;

export async function buildFullWorld(): Promise<FullWorld> {
  const service = startService();
  const { rest, customer, serviceSid } = service;
  const base = `/v1/Services/${serviceSid}`;
  const { conversation, participant } = await customer.startConversation({
    channel: 'whatsapp',
    author: '+15550001',
    uniqueName: 'full',
    friendlyName: 'full world',
  });
  const conversationSid = String(conversation['sid']);
  await customer.write({ conversationSid, body: 'Hello' });
  await customer.join({ conversationSid, identity: 'agent' });
  const at = `${base}/Conversations/${conversationSid}`;
  const make = async (path: string, form: Record<string, string>) =>
    String((await rest('POST', path, form)).body.sid);
  const message = await make(`${at}/Messages`, { Body: 'Hello back', Author: 'bot' });
  await service.clock.advance(10_000);
  const receipts = await rest('GET', `${at}/Messages/${message}/Receipts`);
  const upload = () =>
    service.handle({
      method: 'POST',
      url: `${base}/Media`,
      headers: { authorization: service.authorization, 'content-type': 'image/png' },
      body: new Uint8Array(10),
    });
  const media = JSON.parse(new TextDecoder().decode((await upload()).body)) as { sid: string };
  const users = await rest('GET', `${base}/Users`);
  const roles = await rest('GET', `${base}/Roles`);
  const sids = {
    Service: serviceSid,
    Conversation: conversationSid,
    Participant: String(participant['sid']),
    Message: message,
    Receipt: String(receipts.body.delivery_receipts[0].sid),
    Webhook: await make(`${at}/Webhooks`, {
      Target: 'webhook',
      'Configuration.Url': 'https://example.com/scoped',
      'Configuration.Filters': 'onMessageAdded',
    }),
    User: String(users.body.users[0].sid),
    Role: String(roles.body.roles[0].sid),
    Address: await make('/v1/Configuration/Addresses', { Type: 'sms', Address: '+15550199' }),
    Content: service.addContent({ language: 'en', types: { 'twilio/text': { body: 'Hello {{1}}' } } }),
    Media: media.sid,
  };
  service.configureWebhooks({ PostWebhookUrl: 'https://example.com/post', Filters: HOOK_EVENTS });
  await rest('POST', '/v1/Configuration/Webhooks', {
    PostWebhookUrl: 'https://example.com/account',
    Filters: 'onUserAdded',
  });
  service.sent.length = 0;
  return { service, sids };
}
