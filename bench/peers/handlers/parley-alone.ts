import { systemClock } from '../../../lib/clock.ts';
import type { Secret } from '../../../lib/ports.ts';
import { contentOf } from '../../../lib/rules/actions/actions.ts';
import { isMessage } from '../../../lib/rules/actions/is-message.ts';
import { render } from '../../../lib/rules/actions/render.ts';
import { decide } from '../../../lib/rules/decide.ts';
import { prepareRules } from '../../../lib/rules/match/rule-index.ts';
import type { RuleBook } from '../../../lib/rules/types.ts';
import { createHttpClient } from '../../../lib/twilio/http-client.ts';
import { createMessages } from '../../../lib/twilio/messages.ts';
import { createTwilioApi } from '../../../lib/twilio/request.ts';
import { openWebhook } from '../../../lib/webhook/open.ts';
import { signedUrls } from '../../../lib/webhook/verify-signature.ts';

/** Put there when it is bundled: one rule, as every other candidate has. */
declare const RULES: RuleBook;

const {
  TWILIO_ACCOUNT_SID: sid = '',
  TWILIO_AUTH_TOKEN: secret = '',
  PUBLIC_URL = '',
  API_URL: origin = '',
} = process.env;

const clock = systemClock;
const connections = createHttpClient({ origin, clock });
connections.warmUp();
prepareRules(RULES);
const messages = createMessages(
  createTwilioApi({
    origin,
    http: connections.send,
    apiKey: known({ sid, secret }),
    clock,
    random: Math.random,
  }),
);
const keys = { urls: signedUrls([PUBLIC_URL]), authTokens: known([secret]) };

/** parley as the others are: it verifies, decides and posts, without queue, table, secrets or any promise. */
export async function handler(httpEvent: unknown) {
  const opened = await openWebhook(httpEvent, keys);
  if (opened.kind !== 'event' || opened.event.EventType !== 'onMessageAdded')
    return { statusCode: 403, body: '' };
  const { event } = opened;
  const { ChatServiceSid: serviceSid = '', ConversationSid: conversationSid } = event;
  const now = clock.now();
  const decision = decide(RULES, event, {}, now);
  if (decision.outcome === 'reply') {
    for (const step of render(RULES, decision, { event, now }).steps)
      if (isMessage(step))
        await messages.create({ serviceSid, conversationSid }, { Author: 'parley', ...contentOf(step) });
  }
  return { statusCode: 200, body: '' };
}

function known<T>(value: T): Secret<T> {
  return { get: async () => value, refresh: async () => value };
}
