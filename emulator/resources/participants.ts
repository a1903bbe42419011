import { type Call, conversationOf, created, gone, ok, type Route } from '../call.ts';
import type { Core } from '../core.ts';
import { PARTICIPANT_ATTRIBUTES_BYTES } from '../limits.ts';
import { answerPage } from '../paging.ts';
import { readAttributes, readDate } from '../parameters.ts';
import { notFound, RefusalError } from '../refusal-error.ts';
import { showParticipant } from '../show.ts';
import type { Conversation, Participant, Service } from '../state.ts';
import { restActor } from '../webhooks/actor.ts';
import { addParticipant, type ParticipantDraft } from './add-participant.ts';
import { changeParticipant, removeParticipant } from './change-participant.ts';
import { makeBinding, readBindingInput } from './messaging-binding.ts';
import { readIdentity, readRole } from './participant-parameters.ts';

/** https://www.twilio.com/docs/conversations/api/service-conversation-participant-resource */

export const createParticipant: Route = async (core, call) => {
  const { service, conversation } = conversationOf(core, call);
  const draft = readParticipantDraft(core, service, call.form);
  const actor = restActor(core, call.webhooks);
  const participant = await addParticipant(core, actor, service, conversation, draft);
  return created(showParticipant(core, call, service, conversation, participant));
};

export const fetchParticipant: Route = (core, call) => {
  const { service, conversation, participant } = participantOf(core, call);
  return ok(showParticipant(core, call, service, conversation, participant));
};

export const listParticipants: Route = (core, call) => {
  const { service, conversation } = conversationOf(core, call);
  return answerPage(core, call, {
    key: 'participants',
    listing: conversation.participants,
    maximum: 100,
    show: (participant) => showParticipant(core, call, service, conversation, participant),
  });
};

export const updateParticipant: Route = async (core, call) => {
  const { service, conversation, participant } = participantOf(core, call);
  await changeParticipant(
    core,
    restActor(core, call.webhooks),
    service,
    conversation,
    participant,
    call.form,
  );
  return ok(showParticipant(core, call, service, conversation, participant));
};

export const deleteParticipant: Route = async (core, call) => {
  const { service, conversation, participant } = participantOf(core, call);
  await removeParticipant(core, restActor(core, call.webhooks), service, conversation, participant);
  return gone;
};

/** An identity, or addresses; an identity with a projected address joins a group MMS. */
export function readParticipantDraft(core: Core, service: Service, form: URLSearchParams): ParticipantDraft {
  const identity = readIdentity(form) ?? null;
  const input = readBindingInput(form);
  if (identity !== null && (input.address !== undefined || input.proxyAddress !== undefined))
    throw new RefusalError(50211);
  const messaging_binding = makeBinding(input, core.settings);
  if (identity === null && messaging_binding === null) throw new RefusalError(50204);
  return {
    identity,
    messaging_binding,
    attributes: readAttributes(form, PARTICIPANT_ATTRIBUTES_BYTES) ?? '{}',
    role_sid: readRole(service, form) ?? null,
    date_created: readDate(form, 'DateCreated', 50308),
    date_updated: readDate(form, 'DateUpdated', 50309),
  };
}

function participantOf(
  core: Core,
  call: Call,
): { service: Service; conversation: Conversation; participant: Participant } {
  const { service, conversation } = conversationOf(core, call);
  const name = call.params['ParticipantSid'] ?? '';
  const participant =
    conversation.participants.get(name) ??
    conversation.participants.items.find(({ identity }) => identity === name);
  if (participant === undefined) {
    throw notFound(`${call.base}/Conversations/${conversation.sid}/Participants/${name}`);
  }
  return { service, conversation, participant };
}
