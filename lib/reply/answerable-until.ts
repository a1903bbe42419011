import { eventTime } from '../event/event-time.ts';
import type { ConversationEvent } from '../event/event-types.ts';

interface Aged {
  readonly event: ConversationEvent;
  readonly receivedAt: number;
  /** Until when an operator lets it be answered, however old it is (queue/again.ts). */
  readonly answerUntil?: number | undefined;
}

/** The last moment in which an answer may begin, in milliseconds since the epoch. */
export function answerableUntil({ event, receivedAt, answerUntil = 0 }: Aged, maxAgeMs: number): number {
  return Math.max(eventTime(event, receivedAt) + maxAgeMs, answerUntil);
}
