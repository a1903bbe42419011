import { MAX_ATTRIBUTES_BYTES, MAX_CHAT_BODY_BYTES } from '../../lib/limits.ts';
import { isShortCode } from '../address-type.ts';
import type { Core } from '../core.ts';
import { checkAttributes } from '../parameters.ts';
import { RefusalError } from '../refusal-error.ts';
import { addMedia } from '../resources/add-media.ts';
import { addMessage } from '../resources/add-message.ts';
import { channelOf } from '../resources/conversation-channel.ts';
import { type Resource, showMessage } from '../show.ts';
import {
  type Conversation,
  type Media,
  type Message,
  type Participant,
  pairKey,
  type Service,
} from '../state.ts';
import { actorFor, type ConversationChoice, locate, nameOf } from './locate.ts';

export interface MediaInput {
  readonly contentType: string;
  readonly filename?: string | undefined;
  /** A small picture of nothing when absent. */
  readonly bytes?: Uint8Array | undefined;
}

export interface WriteInput extends ConversationChoice {
  /** Identity, address or participant SID; the first participant on a channel, else the first, when absent. */
  readonly author?: string | undefined;
  readonly body?: string | undefined;
  readonly media?: readonly MediaInput[] | undefined;
  /** JSON text. */
  readonly attributes?: string | undefined;
}

export async function writeAs(core: Core, input: WriteInput): Promise<Resource> {
  const { service, conversation, place } = locate(core, input);
  const participant = findWriter(conversation, input.author);
  const message = await say(core, service, conversation, participant, input);
  return showMessage(core, place, service, conversation, message);
}

export interface Said {
  readonly body?: string | undefined;
  readonly media?: readonly MediaInput[] | undefined;
  readonly attributes?: string | undefined;
  readonly channelMetadata?: Record<string, unknown>;
}

/** A participant says something over their channel or by SDK. */
export async function say(
  core: Core,
  service: Service,
  conversation: Conversation,
  participant: Participant,
  said: Said,
): Promise<Message> {
  const { body, attributes = '{}' } = said;
  checkAttributes(attributes, MAX_ATTRIBUTES_BYTES);
  if (body !== undefined && Buffer.byteLength(body) > MAX_CHAT_BODY_BYTES) throw new RefusalError(50504);
  const media = (said.media ?? []).map((item) => storeMedia(core, service, participant, item));
  noteOptOut(core, participant, body);
  const actor = actorFor(core, participant);
  const silent = isOptOut(body) && channelOf(participant) === 'sms' && !core.settings.stopFiresWebhook;
  const message = await addMessage(core, silent ? { ...actor, fires: false } : actor, service, conversation, {
    author: nameOf(participant),
    body: body ?? null,
    attributes,
    subject: null,
    media,
    content: null,
    dateCreated: undefined,
    dateUpdated: undefined,
    channelMetadata: said.channelMetadata ?? null,
  });
  participant.last_inbound = core.timeline.now();
  return message;
}

export function findWriter(conversation: Conversation, author: string | undefined): Participant {
  const { items } = conversation.participants;
  const found =
    author === undefined
      ? (items.find((participant) => channelOf(participant) !== 'chat') ?? items[0])
      : items.find((participant) => participant.sid === author || sameName(nameOf(participant), author));
  if (found === undefined)
    throw new RefusalError(20404, `No participant ${author ?? ''} in ${conversation.sid}`);
  return found;
}

/** `+1555…` names the participant at `whatsapp:+1555…` too. */
function sameName(name: string, author: string): boolean {
  return name === author || name.endsWith(`:${author}`);
}

function storeMedia(core: Core, service: Service, participant: Participant, input: MediaInput): Media {
  return addMedia(core, service, {
    content_type: input.contentType,
    filename: input.filename ?? null,
    author: nameOf(participant),
    bytes: input.bytes ?? ONE_PIXEL,
  });
}

/** The smallest GIF there is. */
const ONE_PIXEL = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64');

/** Twilio's default words: https://www.twilio.com/docs/messaging/features/advanced-opt-out */
const STOP = new Set(['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout']);
const START = new Set(['start', 'unstop', 'yes']);

function isOptOut(body: string | undefined): boolean {
  return STOP.has(body?.trim().toLowerCase() ?? '');
}

/**
 * STOP to a telephone number makes later legs to this customer fail with 21610, until START. For short codes Twilio
 * leaves that to their owner.
 */
function noteOptOut(core: Core, participant: Participant, body: string | undefined): void {
  const binding = participant.messaging_binding;
  if (channelOf(participant) !== 'sms' || binding?.address === undefined) return;
  if (isShortCode(binding.proxy_address ?? '')) return;
  const key = pairKey(binding.address, binding.proxy_address ?? '');
  if (isOptOut(body)) core.state.optedOut.add(key);
  if (START.has(body?.trim().toLowerCase() ?? '')) core.state.optedOut.delete(key);
}
