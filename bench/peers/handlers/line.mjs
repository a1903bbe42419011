import { messagingApi, validateSignature } from '@line/bot-sdk';

const { LINE_CHANNEL_ACCESS_TOKEN, LINE_CHANNEL_SECRET, API_URL } = process.env;

const client = new messagingApi.MessagingApiClient({
  channelAccessToken: LINE_CHANNEL_ACCESS_TOKEN,
  baseURL: API_URL,
});

export async function handler({ headers, body }) {
  if (!validateSignature(body, LINE_CHANNEL_SECRET, headers['x-line-signature'] ?? ''))
    return { statusCode: 403, body: '' };
  for (const { type, message, replyToken } of JSON.parse(body).events)
    if (type === 'message' && message.type === 'text' && /\bhello\b/i.test(message.text))
      await client.replyMessage({ replyToken, messages: [{ type: 'text', text: 'Hello! How can I help?' }] });
  return { statusCode: 200, body: '' };
}
