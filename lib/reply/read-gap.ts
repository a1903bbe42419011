import { BotError } from '../errors.ts';
import { type MissedPorts, missedMessages } from '../history/missed-messages.ts';
import type { HistoryPorts, Missed } from '../history/tell-history.ts';
import type { Envelope } from '../queue/envelope.ts';
import type { Delivery } from '../queue/process-batch.ts';
import { type ConversationRecord, hasGap, NEW_CONVERSATION } from '../record/conversation.ts';
import { RetryError } from '../retry-error.ts';
import { NotFoundError } from '../twilio/twilio-errors.ts';
import { isInAnothersName } from './await-webhook.ts';
import { failureReason } from './failure-reason.ts';
import type { Try, TryPorts } from './open-try.ts';
import { tryEvent } from './try-event.ts';

/** What stands before an event at Twilio, and nobody told us of. */
export interface Gap {
  readonly missed: readonly Missed[];
  /** It was not read, and may be later. */
  readonly isOpen?: true;
}

/**
 * Reads what stands before a message, with tries of its own.
 * @param state undefined while nothing is known of the conversation.
 * @returns undefined where there is no gap before the event.
 * @throws what listing throws, until it has been tried five times.
 */
export async function readGap(
  ports: MissedPorts & HistoryPorts & TryPorts & { readonly maxAgeMs: number },
  envelope: Envelope,
  tries: Try,
  delivery: Delivery,
  state: ConversationRecord | undefined,
): Promise<Gap | undefined> {
  const { event, address } = envelope;
  if (event.EventType !== 'onMessageAdded') return undefined;
  if (!hasGap(state ?? NEW_CONVERSATION, event.Index)) return undefined;
  // It is set aside at once, and what stands before it is not seen with it.
  if (tries.isDeadly) return { missed: [], isOpen: true };
  if (isInAnothersName(ports, event)) return { missed: [], isOpen: true };
  const gap = await tryEvent(ports, envelope, delivery, 'gap|');
  try {
    if (gap.isDeadly) throw new RetryError('process_died');
    await gap.mark();
    const missed = await missedMessages(ports, address, state, event, gap.number);
    await gap.unmark();
    return { missed };
  } catch (error) {
    // A list that may come yet has tries of its own, or `event` would have none left when it is its turn.
    const mayCome = error instanceof BotError && error.retryable;
    if (!gap.isDeadly && !(await (mayCome ? gap : tries).fails(error))) throw error;
    // What is the same reading for it as well is not begun anew.
    tries.readingFailed();
    // What was missed cannot be known, or not yet; `event` must still come to its outcome.
    ports.log.count('gap_unread', failureReason(error));
    // Nothing stands any more in a conversation that is gone.
    return { missed: [], ...(error instanceof NotFoundError ? {} : { isOpen: true }) };
  }
}
