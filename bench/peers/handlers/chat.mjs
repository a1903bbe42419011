import { createMemoryState } from '@chat-adapter/state-memory';
import { createTwilioAdapter } from '@chat-adapter/twilio';
import { Chat } from 'chat';

const { PUBLIC_URL, API_URL } = process.env;

const bot = new Chat({
  userName: 'bot',
  adapters: { twilio: createTwilioAdapter({ webhookUrl: PUBLIC_URL, apiUrl: API_URL }) },
  // A deployed bot keeps it in Redis or Postgres, which this one is spared.
  state: createMemoryState(),
  logger: 'silent',
});
bot.onDirectMessage(async (thread, message) => {
  if (/\bhello\b/i.test(message.text)) await thread.post('Hello! How can I help?');
});

export async function handler({ headers, body, isBase64Encoded }) {
  const tasks = [];
  const request = new Request(PUBLIC_URL, {
    method: 'POST',
    headers,
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  });
  const response = await bot.webhooks.twilio(request, { waitUntil: (task) => tasks.push(task) });
  await Promise.all(tasks);
  return { statusCode: response.status, body: await response.text() };
}
