import type { EventName } from '../webhook/event-types.ts';
import type { Needs, ReplyAction, Slot, TextTemplate } from './types.ts';

const PARTICIPANT = /^participant\.(identity$|attributes\.)/;
const CONVERSATION = /^conversation\.(friendly_name$|unique_name$|attributes\.)/;

/**
 * Which reads the actions call for. A message's webhook carries neither the participant nor the conversation; the
 * webhook about one carries it, so that costs no read.
 */
export function needsOf(actions: readonly ReplyAction[], event: EventName): Needs {
  const paths = actions.flatMap(slotsOf).map((slot) => slot.path);
  return {
    participant: event !== 'onParticipantAdded' && paths.some((path) => PARTICIPANT.test(path)),
    conversation: event !== 'onConversationAdded' && paths.some((path) => CONVERSATION.test(path)),
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
