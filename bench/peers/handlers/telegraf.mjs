import { timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import { Telegraf } from 'telegraf';
import { BOT } from './parts/telegram.mjs';

const { TELEGRAM_TOKEN, TELEGRAM_SECRET, API_URL } = process.env;

const bot = new Telegraf(TELEGRAM_TOKEN, {
  // Its own agent is for TLS alone.
  telegram: { apiRoot: API_URL, agent: new http.Agent({ keepAlive: true }), webhookReply: false },
});
bot.botInfo = BOT;
bot.hears(/\bhello\b/i, (context) => context.reply('Hello! How can I help?'));

const secret = Buffer.from(TELEGRAM_SECRET);

export async function handler({ headers, body }) {
  const given = Buffer.from(headers['x-telegram-bot-api-secret-token'] ?? '');
  if (given.length !== secret.length || !timingSafeEqual(given, secret)) return { statusCode: 403, body: '' };
  await bot.handleUpdate(JSON.parse(body));
  return { statusCode: 200, body: '' };
}
