import type { Core } from '../core.ts';
import { addParticipant } from '../resources/add-participant.ts';
import { type Resource, showParticipant } from '../show.ts';
import { sdkActor } from '../webhooks/actor.ts';
import { type ConversationChoice, locate } from './locate.ts';

export interface JoinInput extends ConversationChoice {
  readonly identity: string;
  /** JSON text. */
  readonly attributes?: string | undefined;
}

export async function join(core: Core, input: JoinInput): Promise<Resource> {
  const { service, conversation, place } = locate(core, input);
  const participant = await addParticipant(core, sdkActor(input.identity), service, conversation, {
    identity: input.identity,
    messaging_binding: null,
    attributes: input.attributes ?? '{}',
    role_sid: null,
  });
  return showParticipant(core, place, service, conversation, participant);
}
