import { messageAddedFrom } from '../../lib/history/message-event.ts';
import { replay } from '../../lib/queue/again.ts';
import { recordKey } from '../../lib/record/keys.ts';
import { isOver, type MessageRecord } from '../../lib/record/message-record.ts';
import { createMessages, type MessageResource } from '../../lib/twilio/messages.ts';
import { NotFoundError } from '../../lib/twilio/twilio-errors.ts';
import { CommandError } from '../command-error.ts';
import { rulesOf } from '../evidence/rules-of.ts';
import { findAddress } from '../stage/find-address.ts';
import { type PaceOptions, paceOf } from '../stage/pace.ts';
import type { Stage } from '../stage/stage.ts';
import { type Chosen, shownOutcome } from './find-replayable.ts';

export interface Replayed extends Chosen {
  /** How it ended now; null while it has not. */
  readonly outcome: string | null;
}

const ANSWERED_WITHIN_MS = 30_000;
const POLL_MS = 500;

export interface ReplayedAll {
  readonly replayed: readonly Replayed[];
  /** At which it ended before it was through; undefined where all are on the queue, and what became of them cannot be read. */
  readonly failure?: { readonly at: Chosen | undefined; readonly error: unknown };
}

/**
 * Has messages decided anew, those of a conversation in their order, and waits a while for what becomes of them. Reply
 * itself looks at Twilio first, and says nothing behind a later answer of the bot's or a person.
 *
 * @param options.answerUntil in milliseconds since the epoch
 */
export async function replayMessages(
  stage: Stage,
  chosen: readonly Chosen[],
  options: PaceOptions & { readonly answerUntil: number },
): Promise<ReplayedAll> {
  const id = `${stage.clock.now().toString(36)}-${Math.floor(stage.random() * 2 ** 32).toString(36)}`;
  const { answerUntil, ends } = options;
  const pace = paceOf(stage.clock, options);
  const sent: Chosen[] = [];
  const gone: Replayed[] = [];
  let at: Chosen | undefined;
  try {
    for (const ofOne of Map.groupBy(chosen, ({ conversationSid }) => conversationSid).values()) {
      if (ends?.aborted) break;
      [at] = ofOne;
      const { messages, missing } = await fetchAll(stage, ofOne);
      gone.push(...missing.map((one) => ({ ...one, outcome: null })));
      for (const [one, event] of messages) {
        if (ends?.aborted) break;
        at = one;
        await stage.queue.send(replay(event, { replay: id, answerUntil }, stage.clock.now()));
        sent.push(one);
        await pace();
      }
    }
    at = undefined;
    return { replayed: [...(await outcomesOf(stage, sent, id)), ...gone] };
  } catch (error) {
    const unheard = sent.map((one) => ({ ...one, outcome: null }));
    const replayed = await outcomesOf(stage, sent, id).catch(() => unheard);
    return { replayed: [...replayed, ...gone], failure: { at, error } };
  }
}

/** As Twilio has them now, in their order. */
async function fetchAll(stage: Stage, chosen: readonly Chosen[]) {
  const { accountSid } = rulesOf(stage);
  const { fetch } = createMessages(stage.twilio);
  const found: (readonly [Chosen, MessageResource])[] = [];
  const missing: Chosen[] = [];
  const [first] = chosen;
  const address = await unlessGone(() => findAddress(stage, first?.conversationSid ?? ''));
  for (const one of chosen) {
    const message = address && (await unlessGone(() => fetch(address, one.messageSid)));
    if (message === undefined) missing.push({ ...one, whyNot: 'it was deleted at Twilio' });
    else found.push([one, message]);
  }
  const inOrder = found.toSorted(([, a], [, b]) => a.index - b.index);
  const messages = inOrder.flatMap(([one, message]) =>
    address === undefined ? [] : [[one, messageAddedFrom(message, accountSid, address)] as const],
  );
  return { messages, missing };
}

async function unlessGone<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NotFoundError || error instanceof CommandError) return undefined;
    throw error;
  }
}

async function outcomesOf(stage: Stage, sent: readonly Chosen[], id: string): Promise<readonly Replayed[]> {
  let replayed: readonly Replayed[] = [];
  for (const end = stage.clock.now() + ANSWERED_WITHIN_MS; ; await stage.clock.sleep(POLL_MS)) {
    replayed = await Promise.all(
      sent.map(async (one) => ({ ...one, outcome: await outcomeOf(stage, one, id) })),
    );
    if (stage.clock.now() >= end || replayed.every(({ outcome }) => outcome !== null)) return replayed;
  }
}

async function outcomeOf({ table }: Stage, { conversationSid, messageSid }: Chosen, id: string) {
  const stored = await table.get<MessageRecord>(recordKey(conversationSid, `onMessageAdded|${messageSid}`));
  const { finished } = stored?.value ?? {};
  // Somebody else may have had it decided anew first.
  return finished === undefined || !isOver(stored?.value, id) ? null : shownOutcome(finished);
}
