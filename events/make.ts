/**
 * Writes the files beside it: Twilio's webhooks as Lambda is handed them, all invented. `node events/make.ts` after a
 * change here; a test compares.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { eventKey } from '../lib/event/event-key.ts';
import { eventParams } from '../lib/event/event-params.ts';
import type { ConversationEvent } from '../lib/event/event-types.ts';
import { sealEnvelope } from '../lib/queue/envelope.ts';
import { signWebhook } from '../lib/webhook/sign-webhook.ts';
import { toLambdaEvent } from '../local/lambda/lambda-event.ts';
import { sqsRecord } from '../local/lambda/sqs-record.ts';

/** What the files are signed with; nothing real has this token. */
export const AUTH_TOKEN = 'parley-local-auth-token-000000000';
export const PUBLIC_URL = 'https://bot.example.com/webhook';

const NOW = Date.parse('2026-11-20T09:30:00.500Z');
const BEFORE = '2026-11-20T09:00:00.000Z';
const LATER = '2026-11-20T09:30:00.250Z';

const sid = (prefix: string, number: number) => prefix + String(number).padStart(32, '0');
export const ACCOUNT_SID = sid('AC', 1);
export const SERVICE_SID = sid('IS', 1);
const CUSTOMER = '+15550100001';
const SHOP = '+15550199000';

const common = { AccountSid: ACCOUNT_SID, ChatServiceSid: SERVICE_SID, RetryCount: 0 };
const sms = { Source: 'SMS' };
const sdk = { Source: 'SDK', ClientIdentity: 'amara' };
const api = { Source: 'API' };

const message = {
  ...common,
  ConversationSid: sid('CH', 1),
  MessagingServiceSid: sid('MG', 1),
  ParticipantSid: sid('MB', 1),
  Author: CUSTOMER,
  Body: "Where's order 12345? 🙏",
  Media: [],
  Attributes: {},
};
const stored = { ...message, MessageSid: sid('IM', 1), Index: 4, DateCreated: LATER };
const changed = { ...stored, Body: 'Where is order 12346?', DateUpdated: LATER };

const conversationDraft = {
  ...common,
  MessagingServiceSid: sid('MG', 1),
  FriendlyName: 'Order 12345',
  UniqueName: 'order-12345',
  Attributes: { channel: 'shop' },
  State: 'active',
};
const conversation = {
  ...conversationDraft,
  ConversationSid: sid('CH', 1),
  DateCreated: BEFORE,
  DateUpdated: LATER,
};

const participantDraft = {
  ...common,
  ConversationSid: sid('CH', 1),
  Attributes: {},
  RoleSid: sid('RL', 1),
  'MessagingBinding.Address': [`whatsapp:${CUSTOMER}`],
  'MessagingBinding.ProxyAddress': `whatsapp:${SHOP}`,
  'MessagingBinding.Type': 'WHATSAPP',
};
const participant = { ...participantDraft, ParticipantSid: sid('MB', 1), DateCreated: LATER };

const user = {
  ...common,
  UserSid: sid('US', 1),
  Identity: 'amara',
  FriendlyName: 'Amara',
  RoleSid: sid('RL', 2),
  Attributes: {},
  DateCreated: BEFORE,
};

/** By the name of their file. */
export const EVENTS: Readonly<Record<string, ConversationEvent>> = {
  onMessageAdd: { EventType: 'onMessageAdd', ...message, ...sdk, Author: 'amara' },
  'onMessageAdded.sms': { EventType: 'onMessageAdded', ...stored, ...sms },
  'onMessageAdded.whatsapp': {
    EventType: 'onMessageAdded',
    ...stored,
    Author: `whatsapp:${CUSTOMER}`,
    Source: 'WHATSAPP',
  },
  'onMessageAdded.chat': {
    EventType: 'onMessageAdded',
    ...stored,
    ...sdk,
    Author: 'amara',
    Attributes: { page: '/orders/12345' },
  },
  'onMessageAdded.media': {
    EventType: 'onMessageAdded',
    ...stored,
    ...sms,
    Body: '',
    Media: [{ Sid: sid('ME', 1), ContentType: 'image/jpeg', Filename: 'parcel.jpg', Size: 42056 }],
  },
  onMessageUpdate: { EventType: 'onMessageUpdate', ...changed, ...api },
  onMessageUpdated: { EventType: 'onMessageUpdated', ...changed, ...api },
  onMessageRemove: { EventType: 'onMessageRemove', ...changed, ...api },
  onMessageRemoved: { EventType: 'onMessageRemoved', ...changed, ...api, DateRemoved: LATER },
  onConversationAdd: {
    EventType: 'onConversationAdd',
    ...conversationDraft,
    ...sms,
    Media: [],
    MessageBody: 'Hello, is this the shop?',
    'MessagingBinding.Address': [CUSTOMER],
    'MessagingBinding.ProxyAddress': SHOP,
  },
  onConversationAdded: {
    EventType: 'onConversationAdded',
    ...conversation,
    ...sms,
    'MessagingBinding.Address': [CUSTOMER, '+15550100002'],
    'MessagingBinding.AuthorAddress': CUSTOMER,
    'MessagingBinding.ProjectedAddress': SHOP,
  },
  onConversationUpdate: { EventType: 'onConversationUpdate', ...conversation, ...api },
  onConversationUpdated: { EventType: 'onConversationUpdated', ...conversation, ...api },
  onConversationRemove: { EventType: 'onConversationRemove', ...conversation, ...api },
  onConversationRemoved: { EventType: 'onConversationRemoved', ...conversation, ...api, DateRemoved: LATER },
  onConversationStateUpdated: {
    EventType: 'onConversationStateUpdated',
    ...common,
    ConversationSid: sid('CH', 1),
    MessagingServiceSid: sid('MG', 1),
    StateFrom: 'active',
    StateTo: 'inactive',
    StateUpdated: LATER,
    Reason: 'TIMER',
  },
  onParticipantAdd: { EventType: 'onParticipantAdd', ...participantDraft, ...api },
  onParticipantAdded: { EventType: 'onParticipantAdded', ...participant, ...api },
  onParticipantUpdate: {
    EventType: 'onParticipantUpdate',
    ...participant,
    ...api,
    DateUpdated: LATER,
  },
  onParticipantUpdated: {
    EventType: 'onParticipantUpdated',
    ...participant,
    ...api,
    DateUpdated: LATER,
    LastReadMessageIndex: 4,
  },
  onParticipantRemove: { EventType: 'onParticipantRemove', ...participant, ...api, DateUpdated: LATER },
  onParticipantRemoved: {
    EventType: 'onParticipantRemoved',
    ...participant,
    ...api,
    DateUpdated: LATER,
    DateRemoved: LATER,
  },
  onDeliveryUpdated: {
    EventType: 'onDeliveryUpdated',
    ...common,
    ConversationSid: sid('CH', 1),
    MessageSid: sid('IM', 2),
    DeliveryReceiptSid: sid('DY', 1),
    ChannelMessageSid: sid('SM', 1),
    ParticipantSid: sid('MB', 1),
    Status: 'undelivered',
    ErrorCode: 63016,
    DateCreated: BEFORE,
    DateUpdated: LATER,
  },
  onUserAdded: { EventType: 'onUserAdded', ...user, ...sdk },
  onUserUpdate: { EventType: 'onUserUpdate', ...user, ...sdk, DateUpdated: LATER },
  onUserUpdated: {
    EventType: 'onUserUpdated',
    ...user,
    ...sdk,
    DateUpdated: LATER,
    isOnline: true,
    isNotifiable: false,
  },
};

/** The events the bot can act on. */
const QUEUED = /^(onMessageAdded\.\w+|onConversationAdded|onParticipantAdded)$/;

/** Every file's text by its path from here. */
export function makeFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, unknown>();
  for (const [name, event] of Object.entries(EVENTS)) {
    files.set(`http/${name}.json`, httpEvent(event));
    if (QUEUED.test(name)) files.set(`sqs/${name}.json`, sqsEvent(event));
  }
  return new Map([...files].map(([path, content]) => [path, `${JSON.stringify(content, null, 2)}\n`]));
}

function httpEvent(event: ConversationEvent): unknown {
  const params = eventParams(event);
  const form = new URLSearchParams();
  for (const [name, values] of params) for (const value of values) form.append(name, value);
  form.sort();
  const headers = {
    accept: '*/*',
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'i-twilio-idempotency-token': '00000000-0000-4000-8000-000000000001',
    'user-agent': 'TwilioProxy/1.1',
    'x-home-region': 'us1',
    'x-twilio-signature': signWebhook(AUTH_TOKEN, PUBLIC_URL, params),
  };
  return toLambdaEvent({ method: 'POST', url: PUBLIC_URL, headers, body: form.toString() }, NOW);
}

function sqsEvent(event: ConversationEvent): unknown {
  const record = sqsRecord({
    messageId: '00000000-0000-4000-8000-000000000002',
    receiptHandle: 'AQEBinventedReceiptHandle==',
    body: sealEnvelope(eventParams(event), NOW),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(NOW),
      SequenceNumber: '18890000000000000000',
      MessageGroupId: 'ConversationSid' in event ? event.ConversationSid : '',
      SenderId: 'AROA0000000000000000A:receive',
      MessageDeduplicationId: eventKey(event),
      ApproximateFirstReceiveTimestamp: String(NOW + 10),
    },
  });
  return { Records: [record] };
}

if (import.meta.main) {
  for (const [path, text] of makeFiles()) {
    const file = `${import.meta.dirname}/${path}`;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
