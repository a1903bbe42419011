import type { Stage } from '../stage/stage.ts';
import { forgetConversation } from './forget-conversation.ts';
import { takeFromDeadLetters } from './take-out.ts';

export interface Forgotten {
  readonly conversationSid: string;
  /** How many items were erased or emptied. */
  readonly erased: number;
}

export interface ForgottenAll {
  readonly conversations: readonly Forgotten[];
  /** How many messages were on the queue in the end: whose they are is not to be seen. */
  readonly queued: number;
  /** Whether the last pass found nothing; else somebody writes there faster than it is forgotten. */
  readonly isWhole: boolean;
}

const POLL_MS = 200;
/** What is being answered is answered by then, where Twilio answers. */
const AT_WORK_MS = 15_000;
/** What is answered in between writes again. */
const MOST_PASSES = 5;

/** Forgets conversations, and again what somebody at work wrote meanwhile, until a pass finds nothing. */
export async function forgetAll(stage: Stage, conversationSids: readonly string[]): Promise<ForgottenAll> {
  const erased = new Map<string, number>();
  let queued = 0;
  let isWhole = false;
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    let changed = 0;
    const taken = await takeFromDeadLetters(stage, conversationSids);
    for (const sid of conversationSids) {
      const count = await forgetConversation(stage, sid, taken.get(sid) ?? []);
      erased.set(sid, (erased.get(sid) ?? 0) + count);
      changed += count;
    }
    isWhole = changed === 0;
    // The first message of somebody new may be at work before the table knows of it.
    if (isWhole && pass > 0) break;
    queued = await waitForQueue(stage);
  }
  const conversations = conversationSids.map((sid) => ({
    conversationSid: sid,
    erased: erased.get(sid) ?? 0,
  }));
  return { conversations, queued, isWhole };
}

/** @returns how many messages are left on it */
async function waitForQueue({ queue, clock }: Stage): Promise<number> {
  for (const end = clock.now() + AT_WORK_MS; ; await clock.sleep(POLL_MS)) {
    const { visible, inFlight, delayed } = await queue.depth();
    const left = visible + inFlight + delayed;
    if (left === 0 || clock.now() >= end) return left;
  }
}
