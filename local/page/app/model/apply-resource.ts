import type { RenderedContent, ResourceHappening } from '../../../../emulator/index.ts';
import { readMarker } from '../../../../lib/event/marker.ts';
import { hasBot, newestTurn, openTurn } from './find-turn.ts';
import type { Conversation, MediaItem, Message, Model, ShownChannel, Turn } from './model.ts';

type Change = ResourceHappening & { readonly at: number };

export function applyConversation(model: Model, { change, resource, at }: Change): void {
  const sid = String(resource['sid']);
  if (change === 'removed') {
    model.conversations.delete(sid);
    model.noted.delete(sid);
    return;
  }
  const conversation = model.conversations.get(sid) ?? createConversation(sid, at, model.noted.get(sid));
  conversation.state = String(resource['state']);
  conversation.friendlyName = text(resource['friendly_name']);
  model.conversations.set(sid, conversation);
}

function createConversation(sid: string, at: number, noted: Conversation['noted']): Conversation {
  return {
    sid,
    friendlyName: undefined,
    state: 'active',
    channel: 'chat',
    participants: new Map(),
    items: [],
    messages: new Map(),
    turns: new Map(),
    noted,
    atWork: undefined,
    lastActivity: at,
  };
}

export function applyParticipant(model: Model, { change, resource, at: told }: Change): void {
  const conversation = conversationOf(model, resource);
  if (conversation === undefined) return;
  const sid = String(resource['sid']);
  const binding = resource['messaging_binding'] as { type?: string; address?: string } | null;
  const name = text(resource['identity']) ?? binding?.address ?? sid;
  const channel = channelOf(binding?.type);
  conversation.participants.set(sid, { sid, name, channel, present: change !== 'removed' });
  if (channel !== 'chat') conversation.channel = channel;
  if (change === 'updated') return;
  const at = change === 'added' ? createdAt(resource, told) : told;
  conversation.items.push({
    kind: 'presence',
    sid,
    change: change === 'added' ? 'joined' : 'left',
    name,
    at,
  });
  if (change === 'added') model.newest = openTurn(conversation, sid, at);
}

const CHANNELS: ReadonlySet<string> = new Set<ShownChannel>(['whatsapp', 'sms', 'rcs', 'messenger', 'email']);

function channelOf(type: string | undefined): ShownChannel {
  if (type === undefined) return 'chat';
  return CHANNELS.has(type) ? (type as ShownChannel) : 'other';
}

export function applyMessage(model: Model, happening: Change): void {
  const { change, resource, at } = happening;
  const conversation = conversationOf(model, resource);
  if (conversation === undefined) return;
  const known = conversation.messages.get(String(resource['sid']));
  if (change === 'added') {
    const message = readMessage(model, happening);
    conversation.messages.set(message.sid, message);
    conversation.items.push({ kind: 'message', message });
    conversation.lastActivity = at;
    answerTurn(model, conversation, message);
  } else if (known !== undefined) {
    known.removed = change === 'removed';
    known.edited = known.edited || known.body !== text(resource['body']);
    known.body = text(resource['body']);
    known.attributes = String(resource['attributes']);
  }
}

/** A reply belongs to what it answers; everything else begins a turn of its own. */
function answerTurn(model: Model, conversation: Conversation, message: Message): void {
  const answered = answeredBy(model, conversation, message);
  if (answered === undefined) model.newest = openTurn(conversation, message.sid, message.at);
  else answered.steps.push({ kind: 'reply', at: message.at, message });
}

/** Where there is no bot that says so, what a program writes answers the newest. */
function answeredBy(model: Model, conversation: Conversation, message: Message): Turn | undefined {
  const { inReplyTo, fromParticipant } = message;
  if (inReplyTo !== undefined) return conversation.turns.get(inReplyTo);
  return hasBot(model) || fromParticipant ? undefined : newestTurn(conversation);
}

function readMessage(model: Model, { resource, content, at: told }: Change): Message {
  const at = createdAt(resource, told);
  const author = String(resource['author']);
  const attributes = String(resource['attributes']);
  return {
    sid: String(resource['sid']),
    conversationSid: String(resource['conversation_sid']),
    author,
    body: text(resource['body']),
    attributes,
    index: Number(resource['index']),
    media: (resource['media'] as readonly MediaItem[] | null) ?? [],
    contentSid: text(resource['content_sid']),
    content: content as RenderedContent | undefined,
    inReplyTo: author === model.hello?.botAuthor ? readMarker(attributes)?.in_reply_to : undefined,
    fromParticipant: text(resource['participant_sid']) !== undefined,
    at,
    receipts: new Map(),
    removed: false,
    edited: false,
  };
}

export function applyReceipt(model: Model, { resource, at }: Change): void {
  const message = conversationOf(model, resource)?.messages.get(String(resource['message_sid']));
  if (message === undefined) return;
  const sid = String(resource['sid']);
  const status = String(resource['status']);
  const receipt = message.receipts.get(sid) ?? { status, errorCode: 0, history: [] };
  receipt.status = status;
  receipt.errorCode = Number(resource['error_code']);
  receipt.history.push({ status, at });
  message.receipts.set(sid, receipt);
}

function conversationOf(model: Model, resource: Change['resource']): Conversation | undefined {
  return model.conversations.get(String(resource['conversation_sid']));
}

/** The time it is reported is the time it was created, to the millisecond, unless it came with a saved state. */
function createdAt(resource: Change['resource'], told: number): number {
  const created = Date.parse(String(resource['date_created']));
  return told - created < 1000 ? told : created;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
