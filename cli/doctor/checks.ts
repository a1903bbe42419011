import { alarms } from './aws/alarms.ts';
import { apiKeySecret } from './aws/api-key-secret.ts';
import { authTokenSecret } from './aws/auth-token-secret.ts';
import { caller } from './aws/caller.ts';
import { certificate } from './aws/certificate.ts';
import { clock } from './aws/clock.ts';
import { concurrency } from './aws/concurrency.ts';
import { functions } from './aws/functions.ts';
import { mapping } from './aws/mapping.ts';
import { queue } from './aws/queue.ts';
import { settings } from './aws/settings.ts';
import { stack } from './aws/stack.ts';
import { subscriptions } from './aws/subscriptions.ts';
import { table } from './aws/table.ts';
import { deadLetters } from './bot/dead-letters.ts';
import { heartbeat } from './bot/heartbeat.ts';
import { mode } from './bot/mode.ts';
import { spool } from './bot/spool.ts';
import type { Check } from './check.ts';
import { doorGet } from './door/door-get.ts';
import { doorSigned } from './door/door-signed.ts';
import { doorUnsigned } from './door/door-unsigned.ts';
import { account } from './twilio/account.ts';
import { accountWebhook } from './twilio/account-webhook.ts';
import { addresses } from './twilio/addresses.ts';
import { alerts } from './twilio/alerts.ts';
import { apiKey } from './twilio/api-key.ts';
import { botAuthor } from './twilio/bot-author.ts';
import { bridge } from './twilio/bridge.ts';
import { conversationWebhooks } from './twilio/conversation-webhooks.ts';
import { keyRights } from './twilio/key-rights.ts';
import { otherBot } from './twilio/other-bot.ts';
import { preEventUrl } from './twilio/pre-event-url.ts';
import { region } from './twilio/region.ts';
import { service } from './twilio/service.ts';
import { signingRules } from './twilio/signing-rules.ts';
import { signingToken } from './twilio/signing-token.ts';
import { templates } from './twilio/templates.ts';
import { webhookEvents } from './twilio/webhook-events.ts';
import { webhookMethod } from './twilio/webhook-method.ts';
import { webhookUrl } from './twilio/webhook-url.ts';

/** Everything the doctor looks at, in the order in which it says so. A new check needs its file and its place here. */
export const CHECKS: Readonly<Record<string, readonly Check[]>> = {
  AWS: [
    caller,
    stack,
    functions,
    settings,
    mapping,
    concurrency,
    queue,
    authTokenSecret,
    apiKeySecret,
    table,
    alarms,
    subscriptions,
    clock,
    certificate,
  ],
  Bot: [mode, heartbeat, deadLetters, spool],
  Twilio: [
    apiKey,
    keyRights,
    account,
    service,
    region,
    webhookUrl,
    webhookMethod,
    webhookEvents,
    preEventUrl,
    accountWebhook,
    conversationWebhooks,
    addresses,
    signingToken,
    signingRules,
    otherBot,
    bridge,
    botAuthor,
    templates,
    alerts,
  ],
  Door: [doorUnsigned, doorGet, doorSigned],
};
