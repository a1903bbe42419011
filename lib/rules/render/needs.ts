import type { EventName } from '../../event/event-types.ts';
import type { Needs, ReplyAction, Slot, TextTemplate } from '../types.ts';

/** What begins like this is in the participant, or the conversation, and in no message. */
const PARTICIPANT = ['participant.identity', 'participant.attributes.'];
const CONVERSATION = ['conversation.friendly_name', 'conversation.unique_name', 'conversation.attributes.'];

/**
 * Which reads the actions call for. A message's webhook carries neither the participant nor the conversation; the
 * webhook about one carries it, so that costs no read.
 */
export function needsOf(actions: readonly ReplyAction[], event: EventName): Needs {
  const slots = actions.flatMap(slotsOf);
  const names = (starts: readonly string[]) =>
    slots.some(({ path }) => starts.some((start) => path.startsWith(start)));
  return {
    participant: event !== 'onParticipantAdded' && names(PARTICIPANT),
    conversation: event !== 'onConversationAdded' && names(CONVERSATION),
  };
}

function slotsOf(action: ReplyAction): readonly Slot[] {
  return textsOf(action)
    .flat()
    .filter((part) => typeof part !== 'string');
}

function textsOf(action: ReplyAction): readonly TextTemplate[] {
  switch (action.kind) {
    case 'text':
      return [action.Body];
    case 'template':
      return Object.values(action.ContentVariables);
    case 'media':
      return action.Body === undefined ? [] : [action.Body];
  }
}
