import type { ConversationEvent } from '../event/event-types.ts';
import { readTold } from '../event/marker.ts';
import { hasName, type Names } from '../guards/names.ts';

/**
 * The rule whose question a program asks with its message, by `{"parley":{"waits":"<rule>"}}` in its Attributes. Only
 * authors whom PROGRAMS names may: customers can put any Attributes on their own messages.
 */
export function programQuestion(event: ConversationEvent, programs: Names): string | undefined {
  if (event.EventType !== 'onMessageAdded' || !hasName(programs, event.Author)) return undefined;
  const { waits } = readTold(event.Attributes);
  return typeof waits === 'string' ? waits : undefined;
}
