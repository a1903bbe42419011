import * as z from 'zod/mini';
import { parseJson } from '../../lib/json.ts';
import { type Route, serviceOf } from '../call.ts';
import type { Core } from '../core.ts';
import { RefusalError } from '../refusal-error.ts';
import { showConversation } from '../show.ts';
import type { Service } from '../state.ts';
import { restActor } from '../webhooks/actor.ts';
import { addConversation, removeConversation } from './add-conversation.ts';
import { addParticipant, type ParticipantDraft, requireFreePair } from './add-participant.ts';
import { bindsAsGroup } from './conversation-channel.ts';
import { readNewConversation } from './conversation-draft.ts';
import { requireNewGroup } from './groups.ts';
import { readParticipantDraft } from './participants.ts';

const MAX_PARTICIPANTS = 10;

/**
 * A conversation and up to ten participants, all or nothing.
 * @see https://www.twilio.com/docs/conversations/api/conversation-with-participants-resource
 */
export const createConversationWithParticipants: Route = async (core, call) => {
  const service = serviceOf(core, call);
  const draft = readNewConversation(core, call.form);
  const people = readParticipants(core, service, call.form.getAll('Participant'));
  core.pace.countService(service);
  const actor = restActor(core, call.webhooks);
  const state = draft.state ?? (isGroupOf(people) ? 'initializing' : 'active');
  const conversation = await addConversation(core, actor, service, { ...draft, state });
  try {
    for (const person of people) await addParticipant(core, actor, service, conversation, person);
  } catch (error) {
    await removeConversation(core, { ...actor, fires: false, asksFirst: false }, service, conversation);
    throw error;
  }
  const { links, ...resource } = showConversation(core, call, service, conversation);
  // Twilio answers 202 as soon as there are participants, and shows no export link.
  const { export: _, ...shown } = links as Record<string, unknown>;
  return { status: people.length === 0 ? 201 : 202, resource: { ...resource, links: shown } };
};

const personSchema = z.looseObject({
  identity: z.optional(z.string()),
  attributes: z.optional(z.string()),
  role_sid: z.optional(z.string()),
  messaging_binding: z.optional(
    z.looseObject({
      address: z.optional(z.string()),
      proxy_address: z.optional(z.string()),
      projected_address: z.optional(z.string()),
    }),
  ),
});

/** Each is JSON with REST's own field names. */
function readParticipants(
  core: Core,
  service: Service,
  texts: readonly string[],
): readonly ParticipantDraft[] {
  if (texts.length > MAX_PARTICIPANTS) throw new RefusalError(50426);
  const people = texts.map((text) => readParticipantDraft(core, service, toForm(text)));
  if (isGroupOf(people)) requireGroup(core, people);
  else for (const person of people) requireUnbound(core, person);
  return people;
}

function isGroupOf(people: readonly ParticipantDraft[]): boolean {
  return people.some(({ messaging_binding }) => bindsAsGroup(messaging_binding));
}

function requireGroup(core: Core, people: readonly ParticipantDraft[]): void {
  if (people.some(({ messaging_binding }) => messaging_binding === null)) throw new RefusalError(50434);
  requireNewGroup(core, people);
}

function requireUnbound(core: Core, person: ParticipantDraft): void {
  try {
    requireFreePair(core, person);
  } catch {
    throw new RefusalError(50425);
  }
}

function toForm(text: string): URLSearchParams {
  const person = z.safeParse(personSchema, parseJson(text));
  if (!person.success) throw new RefusalError(20001, 'Invalid parameter: Participant must be a JSON object');
  const { identity, attributes, role_sid, messaging_binding: binding } = person.data;
  const fields = {
    Identity: identity,
    Attributes: attributes,
    RoleSid: role_sid,
    'MessagingBinding.Address': binding?.address,
    'MessagingBinding.ProxyAddress': binding?.proxy_address,
    'MessagingBinding.ProjectedAddress': binding?.projected_address,
  };
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.set(name, value);
  return form;
}
