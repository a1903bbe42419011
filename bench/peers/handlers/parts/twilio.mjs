import { createHmac, timingSafeEqual } from 'node:crypto';

/** What the handlers without a library do by hand: Twilio's webhook in, one message out. */

const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, PUBLIC_URL } = process.env;

export const API_URL = process.env.API_URL ?? '';
export const AUTHOR = 'parley';

export const HEADERS = {
  accept: 'application/json',
  authorization: `Basic ${Buffer.from(`${TWILIO_ACCOUNT_SID}:${TWILIO_AUTH_TOKEN}`).toString('base64')}`,
  'content-type': 'application/x-www-form-urlencoded',
  'x-twilio-webhook-enabled': 'false',
};

export const REFUSED = { statusCode: 403, body: '' };
export const ANSWERED = { statusCode: 200, body: '' };

export function bodyOf({ body, isBase64Encoded }) {
  return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString();
}

export function paramsOf(event) {
  return Object.fromEntries(new URLSearchParams(bodyOf(event)));
}

export function isSigned({ headers }, params) {
  let text = PUBLIC_URL;
  for (const name of Object.keys(params).sort()) text += name + params[name];
  const expected = createHmac('sha1', TWILIO_AUTH_TOKEN).update(text).digest();
  const given = Buffer.from(headers['x-twilio-signature'] ?? '', 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

export function answerTo({ Author, Body }) {
  return Author !== AUTHOR && /\bhello\b/i.test(Body) ? 'Hello! How can I help?' : undefined;
}

export function messagesPath({ ChatServiceSid, ConversationSid }) {
  return `/v1/Services/${ChatServiceSid}/Conversations/${ConversationSid}/Messages`;
}

export function messageForm(Body) {
  return new URLSearchParams({ Author: AUTHOR, Body }).toString();
}
