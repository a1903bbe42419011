import type { ConversationEvent } from '../event/event-types.ts';
import { hashText } from '../text/hash-text.ts';

/** Who wrote or joined, to tell customers of one conversation apart; undefined where a conversation began. */
export function subjectKey(event: ConversationEvent): string | undefined {
  if (event.EventType === 'onParticipantAdded') return event.ParticipantSid;
  if (event.EventType !== 'onMessageAdded') return undefined;
  return event.ParticipantSid ?? hashText(event.Author);
}
