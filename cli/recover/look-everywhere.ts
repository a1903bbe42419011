import type { LookState } from '../../lib/reconcile/look-state.ts';
import { LOOKS_KEY, recordKey } from '../../lib/record/keys.ts';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import type { Stage } from '../stage/stage.ts';

/** A customer's message that was found, and what became of it. */
export interface FoundMessage {
  readonly messageSid: string;
  readonly conversationSid: string;
  /** `replied`, …; `suppressed: off`; null while it has none. */
  readonly outcome: string | null;
}

export interface Recovered {
  /** How many messages were put on the queue, programs' and persons' among them. */
  readonly found: number;
  /** Whether every conversation was looked at. */
  readonly isWhole: boolean;
  /** Whether there is more to look at in the services that are not another stack's. */
  readonly isUnfinished: boolean;
  /** Services that Twilio calls another stack for: nothing is looked for there. */
  readonly others: readonly string[];
  readonly messages: readonly FoundMessage[];
}

/** As lib/reconcile/look.ts logs it. */
const FOUND = 'a message was found whose webhook never came';
const MOST_LISTED = 1_000;
const ANSWERED_WITHIN_MS = 20_000;
const POLL_MS = 200;

/**
 * Has the reconciler look at all conversations, run after run, until it got through or does not get on; then waits a
 * while for the answers.
 *
 * @param onRun called after each run but the last with how many were found so far
 */
export async function lookEverywhere(stage: Stage, onRun: (found: number) => void): Promise<Recovered> {
  const from = stage.clock.now();
  let { found } = await stage.reconcile({ look: 'everywhere' });
  let left = await placeOf(stage);
  while (left !== undefined) {
    onRun(found);
    const before = left;
    found += (await stage.reconcile({ look: 'now' })).found;
    left = await placeOf(stage);
    if (left === before) break;
  }
  await queueIsEmpty(stage);
  const lines = await stage.logs.find(FOUND, { from, to: stage.clock.now() + 1_000, limit: MOST_LISTED });
  const messages: FoundMessage[] = [];
  for (const { fields } of lines) {
    const { messageSid, conversationSid } = fields as { messageSid: string; conversationSid: string };
    messages.push({
      messageSid,
      conversationSid,
      outcome: await outcomeOf(stage, conversationSid, messageSid),
    });
  }
  const { services = {} } = (await stage.table.get<LookState>(LOOKS_KEY))?.value ?? {};
  const others = Object.keys(services).filter((sid) => services[sid]?.wiring?.target === 'other');
  // Where all are another's, what asked for the look waits until one is ours.
  const allAreOthers = others.length > 0 && others.length === Object.keys(services).length;
  return {
    found,
    isWhole: left === undefined && others.length === 0,
    isUnfinished: left !== undefined && !allAreOthers,
    others,
    messages,
  };
}

/** Where the look at all stands, to be compared; undefined when it is through. */
async function placeOf({ table }: Stage): Promise<string | undefined> {
  const state = (await table.get<LookState>(LOOKS_KEY))?.value;
  const { wide, signs = [] } = state ?? {};
  return wide === undefined && signs.length === 0 ? undefined : JSON.stringify([wide, signs]);
}

/** Not longer than it takes where the bot answers. */
async function queueIsEmpty({ queue, clock }: Stage): Promise<void> {
  for (const end = clock.now() + ANSWERED_WITHIN_MS; clock.now() < end; await clock.sleep(POLL_MS)) {
    const { visible, inFlight, delayed } = await queue.depth();
    if (visible + inFlight + delayed === 0) return;
  }
}

async function outcomeOf(
  { table }: Stage,
  conversationSid: string,
  messageSid: string,
): Promise<string | null> {
  const key = recordKey(conversationSid, `onMessageAdded|${messageSid}`);
  const { finished } = (await table.get<MessageRecord>(key))?.value ?? {};
  if (finished === undefined) return null;
  return finished.reason === undefined ? finished.outcome : `${finished.outcome}: ${finished.reason}`;
}
