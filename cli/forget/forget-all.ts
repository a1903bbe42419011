import type { Stage } from '../stage/stage.ts';
import { forgetConversation } from './forget-conversation.ts';
import { takeFromDeadLetters } from './take-out.ts';

export interface Forgotten {
  readonly conversationSid: string;
  /** How many items were erased or emptied. */
  readonly erased: number;
  /** Of those, the ones that this version could not read. */
  readonly damaged: number;
  /** Whether the table or Twilio has anything of it. */
  readonly isKnown: boolean;
}

export interface ForgottenAll {
  readonly conversations: readonly Forgotten[];
  /** How many messages were on the queue in the end: whose they are is not to be seen. */
  readonly queued: number;
  /** Whether the last pass found nothing; else somebody writes there faster than it is forgotten. */
  readonly isWhole: boolean;
}

/** What is done of it when one of the conversations cannot be forgotten. */
export interface ForgottenPart {
  readonly all: ForgottenAll;
  readonly failure?: { readonly conversationSid: string; readonly error: unknown };
}

const POLL_MS = 200;
/** What is being answered is answered by then, where Twilio answers. */
const AT_WORK_MS = 15_000;
/** What is answered in between writes again. */
const MOST_PASSES = 5;

/** Forgets conversations, and again what somebody at work wrote meanwhile, until a pass finds nothing. */
export async function forgetAll(stage: Stage, conversationSids: readonly string[]): Promise<ForgottenPart> {
  const forgotten = new Map<string, Forgotten>();
  let queued = 0;
  let isWhole = false;
  const all = () => ({ conversations: [...forgotten.values()], queued, isWhole });
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    let changed = 0;
    const taken = await takeFromDeadLetters(stage, conversationSids);
    for (const conversationSid of conversationSids) {
      try {
        const { items, damaged, isKnown } = await forgetConversation(
          stage,
          conversationSid,
          taken.get(conversationSid) ?? [],
        );
        const before = forgotten.get(conversationSid) ?? { erased: 0, damaged: 0, isKnown: false };
        forgotten.set(conversationSid, {
          conversationSid,
          erased: before.erased + items,
          damaged: before.damaged + damaged,
          isKnown: before.isKnown || isKnown,
        });
        changed += items;
      } catch (error) {
        isWhole = false;
        return { all: all(), failure: { conversationSid, error } };
      }
    }
    isWhole = changed === 0;
    // The first message of somebody new may be at work before the table knows of it.
    if (isWhole && pass > 0) break;
    queued = await waitForQueue(stage);
  }
  return { all: all() };
}

/** @returns how many messages are left on it */
async function waitForQueue({ queue, clock }: Stage): Promise<number> {
  for (const end = clock.now() + AT_WORK_MS; ; await clock.sleep(POLL_MS)) {
    const { visible, inFlight, delayed } = await queue.depth();
    const left = visible + inFlight + delayed;
    if (left === 0 || clock.now() >= end) return left;
  }
}
