import type { Place } from '../call.ts';
import type { Core } from '../core.ts';
import type { ResourceHappening } from '../happenings.ts';
import { showConversation, showMessage, showParticipant, showReceipt, showUser } from '../show.ts';
import type { Conversation, Message, Participant, Receipt, Service, User } from '../state.ts';

/** Tells whoever watches what became of a resource, as service-scoped REST would show it. */
type Change = ResourceHappening['change'];

function placeOf(service: Service): Place {
  return { origin: 'https://conversations.twilio.com', base: `/v1/Services/${service.sid}` };
}

export function tellMessage(
  core: Core,
  service: Service,
  conversation: Conversation,
  message: Message,
  change: Change,
): void {
  const resource = showMessage(core, placeOf(service), service, conversation, message);
  const content = message.content === null ? {} : { content: message.content };
  core.happenings.tell({ kind: 'message', change, resource, ...content });
}

export function tellConversation(
  core: Core,
  service: Service,
  conversation: Conversation,
  change: Change,
): void {
  const resource = showConversation(core, placeOf(service), service, conversation);
  core.happenings.tell({ kind: 'conversation', change, resource });
}

export function tellParticipant(
  core: Core,
  service: Service,
  conversation: Conversation,
  participant: Participant,
  change: Change,
): void {
  const resource = showParticipant(core, placeOf(service), service, conversation, participant);
  core.happenings.tell({ kind: 'participant', change, resource });
}

export function tellReceipt(
  core: Core,
  service: Service,
  conversation: Conversation,
  message: Message,
  receipt: Receipt,
): void {
  const resource = showReceipt(core, placeOf(service), service, conversation, message, receipt);
  core.happenings.tell({ kind: 'receipt', change: 'updated', resource });
}

export function tellUser(core: Core, service: Service, user: User, change: Change): void {
  core.happenings.tell({ kind: 'user', change, resource: showUser(core, placeOf(service), service, user) });
}
