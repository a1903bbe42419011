import { MAX_ATTRIBUTES_BYTES, MAX_NAME } from '../../lib/limits.ts';
import { type Call, conversationOf, created, gone, ok, type Route } from '../call.ts';
import type { Core } from '../core.ts';
import { filterListing } from '../ledger.ts';
import { answerPage } from '../paging.ts';
import { readAttributes, readDate, readText, requireAny } from '../parameters.ts';
import { notFound, RefusalError } from '../refusal-error.ts';
import { showMessage } from '../show.ts';
import type { Conversation, Message, Service } from '../state.ts';
import { restActor } from '../webhooks/actor.ts';
import { addMessage } from './add-message.ts';
import { changeMessage, removeMessage } from './change-message.ts';
import { readBody, readMessageDraft } from './message-draft.ts';

/** https://www.twilio.com/docs/conversations/api/service-conversation-message-resource */

export const createMessage: Route = async (core, call) => {
  const { service, conversation } = conversationOf(core, call);
  const draft = readMessageDraft(core, service, conversation, call.form);
  core.pace.countMessage(conversation);
  const message = await addMessage(core, restActor(core, call.webhooks), service, conversation, draft);
  return created(showMessage(core, call, service, conversation, message));
};

export const fetchMessage: Route = (core, call) => {
  const { service, conversation, message } = messageOf(core, call);
  return ok(showMessage(core, call, service, conversation, message));
};

export const listMessages: Route = (core, call) => {
  const { service, conversation } = conversationOf(core, call);
  const { staleBefore } = call;
  const all = conversation.messages;
  const listing = staleBefore === undefined ? all : filterListing(all, (m) => m.stored_at <= staleBefore);
  return answerPage(core, call, {
    key: 'messages',
    listing,
    maximum: 100,
    order: readOrder(call),
    show: (message) => showMessage(core, call, service, conversation, message),
  });
};

const UPDATABLE = ['Author', 'Body', 'DateCreated', 'DateUpdated', 'Attributes', 'Subject'];

export const updateMessage: Route = async (core, call) => {
  const { service, conversation, message } = messageOf(core, call);
  const { form } = call;
  requireAny(form, UPDATABLE);
  const body = readBody(core, conversation, form);
  if (body !== null && message.media !== null) throw new RefusalError(50509);
  const author = readText(form, 'Author', MAX_NAME, 50310);
  const attributes = readAttributes(form, MAX_ATTRIBUTES_BYTES);
  const subject = readText(form, 'Subject', MAX_NAME);
  const dateCreated = readDate(form, 'DateCreated', 50308);
  const dateUpdated = readDate(form, 'DateUpdated', 50309);
  core.pace.countMessage(conversation);
  await changeMessage(core, restActor(core, call.webhooks), service, conversation, message, {
    ...(body === null ? {} : { body }),
    ...(author === undefined ? {} : { author }),
    ...(attributes === undefined ? {} : { attributes }),
    ...(subject === undefined ? {} : { subject }),
    ...(dateCreated === undefined ? {} : { date_created: dateCreated }),
    ...(dateUpdated === undefined ? {} : { date_updated: dateUpdated }),
  });
  return ok(showMessage(core, call, service, conversation, message));
};

export const deleteMessage: Route = async (core, call) => {
  const { service, conversation, message } = messageOf(core, call);
  core.pace.countMessage(conversation);
  await removeMessage(core, restActor(core, call.webhooks), service, conversation, message);
  return gone;
};

export function messageOf(
  core: Core,
  call: Call,
): { service: Service; conversation: Conversation; message: Message } {
  const { service, conversation } = conversationOf(core, call);
  const sid = call.params['MessageSid'] ?? '';
  const message = conversation.messages.get(sid);
  if (message === undefined) throw notFound(`${call.base}/Conversations/${conversation.sid}/Messages/${sid}`);
  return { service, conversation, message };
}

function readOrder(call: Call): 'asc' | 'desc' {
  const order = call.query.get('Order')?.toLowerCase() ?? 'asc';
  if (order === 'asc' || order === 'desc') return order;
  throw new RefusalError(20001, 'Invalid parameter: Order must be asc or desc');
}
