import { MARKER_KEY } from '../rules/guards.ts';
import type { ConversationEvent } from '../webhook/event-types.ts';

/**
 * What every reply carries in its Attributes: loop guard, dedupe key and read-back handle at once. As a handle it
 * counts only together with the bot's author, because a chat user can put any Attributes on their own messages.
 */
export interface Marker {
  readonly in_reply_to: string;
  /** `2/3` is the second of three. */
  readonly part: string;
}

export function markerFor(event: ConversationEvent, index: number, count: number): Marker {
  return { in_reply_to: subjectSid(event), part: `${index + 1}/${count}` };
}

export function markerAttributes(marker: Marker): Record<string, unknown> {
  return { [MARKER_KEY]: { v: 1, ...marker } };
}

/** Whether `attributes`, a JSON string as Twilio returns it, holds this very marker. */
export function hasMarker(attributes: string | null, marker: Marker): boolean {
  const held = readMarker(attributes);
  return held?.in_reply_to === marker.in_reply_to && held.part === marker.part;
}

export function readMarker(attributes: string | null): Marker | undefined {
  try {
    const held = (JSON.parse(attributes ?? '{}') as Record<string, unknown> | null)?.[MARKER_KEY];
    if (typeof held !== 'object' || held === null) return undefined;
    const { in_reply_to, part } = held as Record<string, unknown>;
    return typeof in_reply_to === 'string' && typeof part === 'string' ? { in_reply_to, part } : undefined;
  } catch {
    return undefined;
  }
}

/** What the reply answers: the message, the participant who joined, or the conversation that began. */
function subjectSid(event: ConversationEvent): string {
  if ('MessageSid' in event && event.MessageSid) return event.MessageSid;
  if ('ParticipantSid' in event && event.ParticipantSid) return event.ParticipantSid;
  return 'ConversationSid' in event ? event.ConversationSid : event.EventType;
}
