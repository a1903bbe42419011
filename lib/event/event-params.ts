import type { ConversationEvent } from './event-types.ts';
import type { FormParams } from './form-params.ts';

/**
 * The parameters that `event` would have come in, the inverse of `parseEvent`: for an event that was found by asking
 * Twilio, and for worlds and tests that send webhooks of their own.
 */
export function eventParams(event: ConversationEvent): FormParams {
  return new Map(Object.entries(event).flatMap(([name, value]) => toParam(name, value)));
}

function toParam(name: string, value: unknown): [name: string, values: readonly string[]][] {
  if (name === 'Attributes') return [[name, [JSON.stringify(value)]]];
  if (name === 'Media') {
    return Array.isArray(value) && value.length > 0 ? [[name, [JSON.stringify(value)]]] : [];
  }
  return [[name, Array.isArray(value) ? value.map(String) : [String(value)]]];
}
