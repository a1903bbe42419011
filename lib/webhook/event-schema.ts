import * as z from 'zod/mini';
import type { EventName, EventOf } from '../event/event-types.ts';
import { parseJson } from '../json.ts';
import { lazily, lazilyEach } from '../lazily.ts';
import { sidPattern } from '../sid.ts';
import { SHAPES, type ShapedField } from './field-shapes.ts';

/** A value that is one of its shape's and nothing else. */
const shaped = lazilyEach((field: ShapedField) =>
  z.string().check(z.regex(new RegExp(`^(?:${SHAPES[field]})$`))),
);
const number = (field: ShapedField) => z.pipe(shaped(field), z.transform(Number));
const boolean = (field: ShapedField) =>
  z.pipe(
    shaped(field),
    z.transform((value) => value === 'true'),
  );

const json = z.pipe(
  z.string(),
  z.transform((text, context): unknown => {
    const value = parseJson(text);
    if (value !== undefined) return value;
    context.issues.push({ code: 'custom', input: text });
    return z.NEVER;
  }),
);

const mediaItem = z.pipe(
  z.object({
    Sid: z.string().check(z.regex(sidPattern('ME'))),
    ContentType: z.string(),
    Filename: z.optional(z.nullable(z.string())),
    Size: z.optional(z.nullable(z.number())),
  }),
  z.transform(({ Filename, Size, ...item }) => ({
    ...item,
    ...(typeof Filename === 'string' ? { Filename } : {}),
    ...(typeof Size === 'number' ? { Size } : {}),
  })),
);
const media = z._default(z.pipe(json, z.array(mediaItem)), []);
const attributes = z._default(json, {});
const text = z.string();
/** No address holds a space, or the name of another binding. */
const address = z.string().check(z.regex(/^(?!.*MessagingBinding)\S{1,320}$/));
/** More sources, states and statuses may come. A word that is not on its list makes the event doubtful. */
const word = z.string().check(z.regex(/^[A-Za-z_]{1,32}$/));

const optional = z.exactOptional;

const common = lazily(() => ({
  AccountSid: shaped('AccountSid'),
  ChatServiceSid: optional(shaped('ChatServiceSid')),
  ClientIdentity: optional(text),
  RetryCount: optional(number('RetryCount')),
  Source: optional(word),
}));

const message = lazily(() => ({
  ...common(),
  Attributes: attributes,
  Author: text,
  Body: z._default(text, ''),
  ConversationSid: shaped('ConversationSid'),
  Media: media,
  MessagingServiceSid: optional(shaped('MessagingServiceSid')),
  ParticipantSid: optional(shaped('ParticipantSid')),
}));
const storedMessage = lazily(() => ({
  ...message(),
  DateCreated: shaped('DateCreated'),
  Index: number('Index'),
  MessageSid: shaped('MessageSid'),
}));
const changedMessage = lazily(() => ({ ...storedMessage(), DateUpdated: shaped('DateUpdated') }));
const removed = lazily(() => ({ DateRemoved: optional(shaped('DateRemoved')) }));

const bindings = lazily(() => ({
  'MessagingBinding.Address': optional(z.array(address)),
  'MessagingBinding.AuthorAddress': optional(address),
  'MessagingBinding.ProjectedAddress': optional(address),
  'MessagingBinding.ProxyAddress': optional(address),
}));

const conversation = lazily(() => ({
  ...common(),
  Attributes: attributes,
  FriendlyName: optional(text),
  MessagingServiceSid: optional(shaped('MessagingServiceSid')),
  State: optional(word),
  UniqueName: optional(text),
}));
const conversationDraft = lazily(() => ({
  ...conversation(),
  ...bindings(),
  Media: media,
  MessageBody: optional(text),
}));
const storedConversation = lazily(() => ({
  ...conversation(),
  ConversationSid: shaped('ConversationSid'),
  DateCreated: shaped('DateCreated'),
  DateUpdated: optional(shaped('DateUpdated')),
}));
const stateChange = lazily(() => ({
  ...common(),
  ConversationSid: shaped('ConversationSid'),
  MessagingServiceSid: optional(shaped('MessagingServiceSid')),
  Reason: optional(word),
  StateFrom: word,
  StateTo: word,
  StateUpdated: shaped('StateUpdated'),
}));

const participant = lazily(() => ({
  ...common(),
  ...bindings(),
  Attributes: attributes,
  ConversationSid: shaped('ConversationSid'),
  Identity: optional(text),
  'MessagingBinding.Type': optional(word),
  RoleSid: optional(shaped('RoleSid')),
}));
const storedParticipant = lazily(() => ({
  ...participant(),
  DateCreated: shaped('DateCreated'),
  ParticipantSid: shaped('ParticipantSid'),
}));
const changedParticipant = lazily(() => ({
  ...storedParticipant(),
  DateUpdated: optional(shaped('DateUpdated')),
  LastReadMessageIndex: optional(number('LastReadMessageIndex')),
}));

const delivery = lazily(() => ({
  ...common(),
  ChannelMessageSid: optional(shaped('ChannelMessageSid')),
  ConversationSid: shaped('ConversationSid'),
  DateCreated: optional(shaped('DateCreated')),
  DateUpdated: optional(shaped('DateUpdated')),
  DeliveryReceiptSid: shaped('DeliveryReceiptSid'),
  ErrorCode: optional(number('ErrorCode')),
  MessageSid: shaped('MessageSid'),
  ParticipantSid: optional(shaped('ParticipantSid')),
  Status: word,
}));

const user = lazily(() => ({
  ...common(),
  Attributes: attributes,
  DateCreated: optional(shaped('DateCreated')),
  DateUpdated: optional(shaped('DateUpdated')),
  FriendlyName: optional(text),
  Identity: text,
  RoleSid: optional(shaped('RoleSid')),
  UserSid: shaped('UserSid'),
}));
const userState = lazily(() => ({
  isNotifiable: optional(boolean('isNotifiable')),
  isOnline: optional(boolean('isOnline')),
}));

const event = <N extends EventName, const F extends z.core.$ZodLooseShape>(name: N, fields: () => F) =>
  lazily(() => z.object({ EventType: z.literal(name), ...fields() }));

/**
 * One schema an event, from the form's strings to the event's fields. What identifies a thing is required; what
 * Twilio's page lists but captures lack, or the other way round, is optional. Other parameters are dropped.
 */
export const EVENT_SCHEMAS = {
  onMessageAdd: event('onMessageAdd', message),
  onMessageAdded: event('onMessageAdded', storedMessage),
  onMessageUpdate: event('onMessageUpdate', changedMessage),
  onMessageUpdated: event('onMessageUpdated', changedMessage),
  onMessageRemove: event('onMessageRemove', changedMessage),
  onMessageRemoved: event('onMessageRemoved', () => ({ ...changedMessage(), ...removed() })),
  onConversationAdd: event('onConversationAdd', conversationDraft),
  onConversationAdded: event('onConversationAdded', () => ({ ...storedConversation(), ...bindings() })),
  onConversationUpdate: event('onConversationUpdate', storedConversation),
  onConversationUpdated: event('onConversationUpdated', storedConversation),
  onConversationRemove: event('onConversationRemove', storedConversation),
  onConversationRemoved: event('onConversationRemoved', () => ({ ...storedConversation(), ...removed() })),
  onConversationStateUpdated: event('onConversationStateUpdated', stateChange),
  onParticipantAdd: event('onParticipantAdd', participant),
  onParticipantAdded: event('onParticipantAdded', storedParticipant),
  onParticipantUpdate: event('onParticipantUpdate', changedParticipant),
  onParticipantUpdated: event('onParticipantUpdated', changedParticipant),
  onParticipantRemove: event('onParticipantRemove', changedParticipant),
  onParticipantRemoved: event('onParticipantRemoved', () => ({ ...changedParticipant(), ...removed() })),
  onDeliveryUpdated: event('onDeliveryUpdated', delivery),
  onUserAdded: event('onUserAdded', user),
  onUserUpdate: event('onUserUpdate', user),
  onUserUpdated: event('onUserUpdated', () => ({ ...user(), ...userState() })),
} satisfies { readonly [N in EventName]: () => z.ZodMiniType<EventOf<N>> };
