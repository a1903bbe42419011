import { RefusalError } from './refusal-error.ts';
import type { Settings } from './settings.ts';
import type { Timeline } from './timeline.ts';

/**
 * Actions per second: writes of messages are counted for each conversation, creating and deleting conversations
 * and users for each service. Reading is not counted.
 * @see https://www.twilio.com/docs/conversations/conversations-limits
 */
export interface Pace {
  countMessage(conversation: { readonly sid: string }): void;
  /** @throws RefusalError 50063 with status 429 */
  countService(service: { readonly sid: string }): void;
  /** Begins to count anew. */
  forget(): void;
}

interface Second {
  readonly start: number;
  count: number;
}

/** @param world asked anew each time: settings change */
export function createPace(world: () => { readonly settings: Settings; readonly timeline: Timeline }): Pace {
  const seconds = new Map<string, Second>();
  function count({ sid }: { readonly sid: string }): void {
    const { settings, timeline } = world();
    if (settings.actionsPerSecond === null) return;
    const start = Math.floor(timeline.now() / 1000);
    const second = seconds.get(sid);
    if (second?.start !== start) {
      if (seconds.size > 1000) forgetPassed(start);
      seconds.set(sid, { start, count: 1 });
      return;
    }
    if (second.count >= settings.actionsPerSecond) throw new RefusalError(50063);
    second.count += 1;
  }
  function forgetPassed(now: number): void {
    for (const [sid, { start }] of seconds) if (start !== now) seconds.delete(sid);
  }
  return { countMessage: count, countService: count, forget: () => seconds.clear() };
}
