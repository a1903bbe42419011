import { createHmac } from 'node:crypto';
import { signWebhook } from '../../lib/webhook/sign-webhook.ts';
import { toLambdaEvent } from '../../local/lambda/lambda-event.ts';
import type { Platform } from './candidates.ts';
import { CREDENTIALS, SIDS } from './platform.ts';

const BODY = 'hello there';
const URL = CREDENTIALS.PUBLIC_URL;
const CUSTOMER = '+15550100001';
const SHOP = '+15550199000';

/** The same words of a customer, as each platform posts them through API Gateway: signed, and another message each time. */
export const WEBHOOKS: Readonly<Record<Platform, (count: number) => object>> = {
  conversations: (count) =>
    twilio({
      EventType: 'onMessageAdded',
      AccountSid: SIDS.account,
      ChatServiceSid: SIDS.service,
      ConversationSid: SIDS.conversation,
      MessageSid: numbered('IM', count),
      MessagingServiceSid: numbered('MG', 1),
      ParticipantSid: numbered('MB', 1),
      Index: String(count),
      Author: CUSTOMER,
      Body: BODY,
      Attributes: '{}',
      Source: 'SMS',
      DateCreated: new Date().toISOString(),
      RetryCount: '0',
    }),
  messaging: (count) =>
    twilio({
      ToCountry: 'US',
      SmsMessageSid: numbered('SM', count),
      NumMedia: '0',
      FromCountry: 'US',
      SmsSid: numbered('SM', count),
      SmsStatus: 'received',
      Body: BODY,
      To: SHOP,
      NumSegments: '1',
      MessageSid: numbered('SM', count),
      AccountSid: SIDS.account,
      From: CUSTOMER,
      ApiVersion: '2010-04-01',
    }),
  github: (count) => {
    const body = JSON.stringify({
      action: 'created',
      issue: { number: 1, title: 'A question', user: { login: 'amara', id: 1 }, state: 'open' },
      comment: { id: count, body: BODY, user: { login: 'amara', id: 1 } },
      repository: { id: 1, name: 'shop', full_name: 'example/shop', owner: { login: 'example', id: 2 } },
      sender: { login: 'amara', id: 1, type: 'User' },
    });
    return json(body, {
      'x-github-delivery': `delivery-${count}`,
      'x-github-event': 'issue_comment',
      'x-hub-signature-256': `sha256=${hmac(CREDENTIALS.GITHUB_WEBHOOK_SECRET, body).digest('hex')}`,
    });
  },
  line: (count) => {
    const body = JSON.stringify({
      destination: 'U00000000000000000000000000000000',
      events: [
        {
          type: 'message',
          mode: 'active',
          timestamp: Date.now(),
          source: { type: 'user', userId: 'U00000000000000000000000000000001' },
          webhookEventId: `event-${count}`,
          deliveryContext: { isRedelivery: false },
          replyToken: `reply-${count}`,
          message: { id: String(count), type: 'text', text: BODY },
        },
      ],
    });
    return json(body, {
      'x-line-signature': hmac(CREDENTIALS.LINE_CHANNEL_SECRET, body).digest('base64'),
    });
  },
  slack: (count) => {
    const seconds = Math.floor(Date.now() / 1000);
    const body = JSON.stringify({
      type: 'event_callback',
      team_id: 'T1',
      api_app_id: 'A1',
      event_id: `Ev${count}`,
      event_time: seconds,
      event: {
        type: 'message',
        channel: 'C1',
        channel_type: 'im',
        user: 'U2',
        text: BODY,
        ts: `${seconds}.1`,
      },
      authorizations: [{ team_id: 'T1', user_id: 'U1', is_bot: true }],
    });
    const text = `v0:${seconds}:${body}`;
    return json(body, {
      'x-slack-request-timestamp': String(seconds),
      'x-slack-signature': `v0=${hmac(CREDENTIALS.SLACK_SIGNING_SECRET, text).digest('hex')}`,
    });
  },
  telegram: (count) => {
    const from = { id: 4242, is_bot: false, first_name: 'Amara' };
    const chat = { id: 4242, type: 'private', first_name: 'Amara' };
    const message = { message_id: count, from, chat, date: Math.floor(Date.now() / 1000), text: BODY };
    return json(JSON.stringify({ update_id: count, message }), {
      'x-telegram-bot-api-secret-token': CREDENTIALS.TELEGRAM_SECRET,
    });
  },
};

function twilio(params: Readonly<Record<string, string>>): object {
  const named = new Map(Object.entries(params).map(([name, value]) => [name, [value]]));
  const headers = {
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'x-twilio-signature': signWebhook(CREDENTIALS.TWILIO_AUTH_TOKEN, URL, named),
  };
  return through(String(new URLSearchParams(params)), headers);
}

/** What is not a form API Gateway hands over as it is. */
function json(body: string, headers: Readonly<Record<string, string>>): object {
  const event = through(body, { 'content-type': 'application/json', ...headers });
  return { ...event, body, isBase64Encoded: false };
}

function through(body: string, headers: Readonly<Record<string, string>>) {
  return toLambdaEvent({ method: 'POST', url: URL, headers, body }, Date.now());
}

function hmac(secret: string, text: string) {
  return createHmac('sha256', secret).update(text);
}

function numbered(prefix: string, number: number): string {
  return prefix + String(number).padStart(32, '0');
}
