import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Bot } from './bot/start-bot.ts';

/** Answers a webhook as API Gateway does with the receive function behind it. */
export async function answerWebhook(
  request: IncomingMessage,
  response: ServerResponse,
  bot: Bot,
): Promise<void> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
    const answer = await bot.receive({
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      headers: Object.fromEntries(headers),
      body: Buffer.concat(chunks),
    });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  } catch {
    // As API Gateway answers when the function behind it fails.
    response.writeHead(502).end();
  }
}
