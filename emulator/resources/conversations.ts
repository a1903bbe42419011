import { type Call, conversationOf, created, gone, ok, type Route, serviceOf } from '../call.ts';
import { parseDate } from '../dates.ts';
import { filterListing, type Listing } from '../ledger.ts';
import { answerPage } from '../paging.ts';
import { requireAny } from '../parameters.ts';
import { RefusalError } from '../refusal-error.ts';
import { showConversation } from '../show.ts';
import type { Conversation, Service } from '../state.ts';
import { restActor } from '../webhooks/actor.ts';
import { addConversation, removeConversation } from './add-conversation.ts';
import { changeConversation } from './change-conversation.ts';
import { CONVERSATION_PARAMETERS, readConversationDraft, readNewConversation } from './conversation-draft.ts';

/** https://www.twilio.com/docs/conversations/api/service-conversation-resource */

export const createConversation: Route = async (core, call) => {
  const service = serviceOf(core, call);
  const draft = readNewConversation(core, call.form);
  core.pace.countService(service);
  const conversation = await addConversation(core, restActor(core, call.webhooks), service, draft);
  return created(showConversation(core, call, service, conversation));
};

export const fetchConversation: Route = (core, call) => {
  const { service, conversation } = conversationOf(core, call);
  return ok(showConversation(core, call, service, conversation));
};

export const listConversations: Route = (core, call) => {
  const service = serviceOf(core, call);
  const { listing, filtered } = selectConversations(service, call);
  return answerPage(core, call, {
    key: 'conversations',
    listing,
    maximum: 100,
    // Twilio sorts by latest creation as soon as dates are asked for.
    order: filtered ? 'desc' : 'asc',
    show: (conversation) => showConversation(core, call, service, conversation),
  });
};

export const updateConversation: Route = async (core, call) => {
  const { service, conversation } = conversationOf(core, call);
  requireAny(call.form, CONVERSATION_PARAMETERS);
  const draft = readConversationDraft(call.form);
  await changeConversation(core, restActor(core, call.webhooks), service, conversation, draft);
  return ok(showConversation(core, call, service, conversation));
};

export const deleteConversation: Route = async (core, call) => {
  const { service, conversation } = conversationOf(core, call);
  core.pace.countService(service);
  await removeConversation(core, restActor(core, call.webhooks), service, conversation);
  return gone;
};

function selectConversations(
  service: Service,
  call: Call,
): { listing: Listing<Conversation>; filtered: boolean } {
  const state = call.query.get('State');
  if (state !== null && !['active', 'inactive', 'closed', 'initializing'].includes(state))
    throw new RefusalError(50378);
  const start = readBound(call, 'StartDate') ?? -Infinity;
  const end = readBound(call, 'EndDate') ?? Infinity;
  const dated = start !== -Infinity || end !== Infinity;
  if (!dated && state === null) return { listing: service.conversations, filtered: false };
  const listing = filterListing(
    service.conversations,
    ({ date_created: date, state: is }) => (state === null || is === state) && date >= start && date <= end,
  );
  return { listing, filtered: dated };
}

/** A date and time, or a date alone: its first second for StartDate, its last for EndDate. */
function readBound(call: Call, name: 'StartDate' | 'EndDate'): number | undefined {
  const text = call.query.get(name);
  if (text === null) return undefined;
  const time = name === 'StartDate' ? 'T00:00:00Z' : 'T23:59:59.999Z';
  const date = parseDate(/^\d{4}-\d{2}-\d{2}$/.test(text) ? text + time : text);
  if (date === undefined)
    throw new RefusalError(20001, `Invalid parameter: ${name} must be an ISO 8601 date`);
  return date;
}
