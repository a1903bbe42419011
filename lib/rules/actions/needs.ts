import type { EventName } from '../../event/event-types.ts';
import type { Needs } from '../types.ts';
import { actionOf, type ReplyAction } from './actions.ts';

/** What begins like this is in the participant, or the conversation, and in no message. */
const PARTICIPANT = /^participant\.(?:identity|attributes\.)/;
const CONVERSATION = /^conversation\.(?:friendly_name|unique_name|attributes\.)/;

/**
 * Which reads the actions call for. A message's webhook carries neither the participant nor the conversation; the
 * webhook about one carries it, so that costs no read.
 */
export function needsOf(actions: readonly ReplyAction[], event: EventName): Needs {
  const slots = actions
    .flatMap((action) => actionOf(action).texts(action))
    .flat()
    .filter((part) => typeof part !== 'string');
  const names = (start: RegExp) => slots.some(({ path }) => start.test(path));
  return {
    participant: event !== 'onParticipantAdded' && names(PARTICIPANT),
    conversation: event !== 'onConversationAdded' && names(CONVERSATION),
  };
}
