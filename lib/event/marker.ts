import { parseAttributes } from '../json.ts';
import type { ConversationEvent } from './event-types.ts';
import { subjectOf } from './subject.ts';

/** The key in a message's Attributes under which parley keeps its marker. */
export const MARKER_KEY = 'parley';

/**
 * What every reply carries in its Attributes: loop guard, dedupe key and read-back handle at once. As a handle it
 * counts only on what the bot or no participant wrote (history/answers.ts), because a chat user can put any Attributes
 * on their own messages.
 */
export interface Marker {
  readonly in_reply_to: string;
  /** `2/3` is the second of three, `2/3@ID` that of what an operator had decided anew. */
  readonly part: string;
  /** The key of the event that it answers, where `in_reply_to` does not name its record: of welcomes. */
  readonly event?: string;
}

/** @param replay the id under which it was decided anew */
export function markerFor(event: ConversationEvent, index: number, count: number, replay?: string): Marker {
  const part = `${index + 1}/${count}${replay === undefined ? '' : `@${replay}`}`;
  return { in_reply_to: subjectOf(event) ?? event.EventType, part };
}

/** @param key of the event that is answered (event-key.ts), unless it is a message: that follows from its SID. */
export function markerAttributes(marker: Marker, key?: string): Record<string, unknown> {
  return { [MARKER_KEY]: { v: 1, ...marker, ...(key === undefined ? {} : { event: key }) } };
}

/** The key of the event that a reply with this marker answers. */
export function keyOf({ event, in_reply_to }: Marker): string {
  return event ?? `onMessageAdded|${in_reply_to}`;
}

/** Whether `attributes`, a JSON string as Twilio returns it, holds this very marker. */
export function hasMarker(attributes: string | null, marker: Marker): boolean {
  const held = readMarker(attributes);
  return held?.in_reply_to === marker.in_reply_to && held.part === marker.part;
}

/** The marker in `attributes`, a JSON string as Twilio returns it; undefined when it holds none. */
export function readMarker(attributes: string | null | undefined): Marker | undefined {
  // Whatever is not an object has no fields; `null` is JSON, too.
  const { [MARKER_KEY]: held } = Object(parseAttributes(attributes)) as Record<string, unknown>;
  const { in_reply_to, part, event } = Object(held) as Record<string, unknown>;
  if (typeof in_reply_to !== 'string' || typeof part !== 'string') return undefined;
  return { in_reply_to, part, ...(typeof event === 'string' ? { event } : {}) };
}

/** Whether Attributes, already parsed, hold a marker of whatever content: enough to be silent, no proof of anything. */
export function isMarked(attributes: unknown): boolean {
  return Object.hasOwn(Object(attributes), MARKER_KEY);
}

/** What tools may tell parley in Attributes, under its key. */
export interface Told {
  /** Of a conversation: `off` gives it back to the bot. */
  readonly handover?: unknown;
  /** Of a program's message: the rule whose question it asks. */
  readonly waits?: unknown;
}

/** @param attributes already parsed */
export function readTold(attributes: unknown): Told {
  const { [MARKER_KEY]: told } = Object(attributes) as Record<string, unknown>;
  return Object(told) as Told;
}
