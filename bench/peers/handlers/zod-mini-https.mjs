import http from 'node:http';
import https from 'node:https';
import * as z from 'zod/mini';
import {
  ANSWERED,
  API_URL,
  answerTo,
  HEADERS,
  isSigned,
  messageForm,
  messagesPath,
  paramsOf,
  REFUSED,
} from './parts/twilio.mjs';

const sid = (prefix) => z.string().check(z.regex(new RegExp(`^${prefix}[0-9a-f]{32}$`)));
const MESSAGE = z.object({
  EventType: z.literal('onMessageAdded'),
  AccountSid: sid('AC'),
  ChatServiceSid: sid('IS'),
  ConversationSid: sid('CH'),
  MessageSid: sid('IM'),
  Index: z.string().check(z.regex(/^\d+$/)),
  DateCreated: z.iso.datetime(),
  Author: z.string(),
  Body: z.string(),
});
const CREATED = z.object({ sid: sid('IM') });

/** As it is in Lambda, where Twilio is reached over TLS; the stand-in is not. */
const client = API_URL.startsWith('https:') ? https : http;
const agent = new client.Agent({ keepAlive: true });

export async function handler(event) {
  const params = paramsOf(event);
  if (!isSigned(event, params)) return REFUSED;
  const { data: message, success } = MESSAGE.safeParse(params);
  const answer = success ? answerTo(message) : undefined;
  if (answer !== undefined) CREATED.parse(JSON.parse(await post(messagesPath(message), messageForm(answer))));
  return ANSWERED;
}

function post(path, body) {
  return new Promise((resolve, reject) => {
    const request = client.request(`${API_URL}${path}`, { method: 'POST', headers: HEADERS, agent });
    request.on('error', reject).on('response', (response) => {
      let text = '';
      response
        .setEncoding('utf8')
        .on('data', (part) => {
          text += part;
        })
        .on('end', () =>
          response.statusCode === 201
            ? resolve(text)
            : reject(new Error(`Twilio said ${response.statusCode}.`)),
        );
    });
    request.end(body);
  });
}
