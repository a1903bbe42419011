import { Bot, webhookCallback } from 'grammy';
import { BOT } from './parts/telegram.mjs';

const { TELEGRAM_TOKEN, TELEGRAM_SECRET, API_URL } = process.env;

const bot = new Bot(TELEGRAM_TOKEN, { botInfo: BOT, client: { apiRoot: API_URL } });
bot.hears(/\bhello\b/i, (context) => context.reply('Hello! How can I help?'));

export const handler = webhookCallback(bot, 'aws-lambda-async', { secretToken: TELEGRAM_SECRET });
