import twilio from 'twilio';
import { ANSWERED, AUTHOR, answerTo, paramsOf, REFUSED } from './parts/twilio.mjs';

const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, PUBLIC_URL, API_URL } = process.env;

const client = twilio(TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN);
client.conversations.baseUrl = API_URL;

export async function handler(event) {
  const params = paramsOf(event);
  const signature = event.headers['x-twilio-signature'] ?? '';
  if (!twilio.validateRequest(TWILIO_AUTH_TOKEN, signature, PUBLIC_URL, params)) return REFUSED;
  const answer = params.EventType === 'onMessageAdded' ? answerTo(params) : undefined;
  if (answer !== undefined)
    await client.conversations.v1
      .services(params.ChatServiceSid)
      .conversations(params.ConversationSid)
      .messages.create({ author: AUTHOR, body: answer, xTwilioWebhookEnabled: 'false' });
  return ANSWERED;
}
