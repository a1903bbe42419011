import { errorCode } from '../error-code.ts';
import { markActive, markRefused } from '../record/active.ts';
import type { Mark } from '../record/since.ts';
import { RetryError } from '../retry-error.ts';
import type { ConversationAddress } from '../twilio/messages.ts';
import { NotFoundError, RejectedError } from '../twilio/twilio-errors.ts';
import { attempt } from './attempt.ts';
import { lookAt } from './look.ts';
import type { ReconcilePorts } from './reconcile-ports.ts';

/** The looks of one run. */
export interface Looks {
  /** Whether less than `share` (0 to 1) of the run's time is used up, and Twilio answers at all. */
  goesOn(share: number): boolean;
  /** @returns false when the conversation was not looked at and is not to be passed over. */
  look(address: ConversationAddress): Promise<boolean>;
  looked(): number;
  /** How many messages were put on the queue. */
  found(): number;
  anyFailed(): boolean;
  /** Whether there were looks, and not one of them succeeded. */
  allFailed(): boolean;
}

/** So many failures in a row are Twilio's, or the table's, and no conversation's own. A refusal is an answer. */
const FAILURES_TO_STOP = 20;
/**
 * One that Twilio refuses is marked as though it had been active at a full or half hour, so long ago at least. So its next
 * look, two hours after that, is in a quarter of an hour or more, and all looks at it fall on these half hours, those six
 * and 24 hours after it too. If it were looked at each five minutes, many of them would leave no time to the others.
 */
const REFUSED_AFTER_MS = 75 * 60_000;
const REFUSED_EVERY_MS = 30 * 60_000;

export function createLooks(
  ports: ReconcilePorts,
  markOf: (serviceSid: string) => Mark,
  hasTime: (share: number) => boolean,
): Looks {
  let [looked, found, failed, failedInARow] = [0, 0, 0, 0];
  const goesOn = (share: number) => hasTime(share) && failedInARow < FAILURES_TO_STOP;

  /**
   * One conversation that cannot be read must not hide the others: it is due again in the next rounds, and a refused one
   * at a half hour, since a key may get its right back and nothing else would come back to it.
   */
  async function failedLook(address: ConversationAddress, error: unknown): Promise<boolean> {
    if (error instanceof RetryError && error.reason === 'out_of_time') return false;
    // Deleted: there is nothing to look at any more.
    if (error instanceof NotFoundError) return true;
    ports.log.count('reconcile_failed', errorCode(error));
    failed += 1;
    const isRefused = error instanceof RejectedError && !error.retryable;
    if (!isRefused) failedInARow += 1;
    const now = ports.clock.now();
    const at = Math.floor((now - REFUSED_AFTER_MS) / REFUSED_EVERY_MS) * REFUSED_EVERY_MS;
    const mark = () => (isRefused ? markRefused(ports, address, at) : markActive(ports, address, now));
    return (await attempt(ports, () => mark().then(() => true))) === true;
  }

  async function look(address: ConversationAddress): Promise<boolean> {
    try {
      const { since } = markOf(address.serviceSid);
      const lost = await lookAt(ports, address, { since, goesOn: () => hasTime(1) });
      // Not in one line: what `found` was before the look is not what it is after it.
      found += lost;
    } catch (error) {
      return failedLook(address, error);
    }
    looked += 1;
    failedInARow = 0;
    return true;
  }

  return {
    goesOn,
    // Side by side with others, and what Twilio answers to those is not its own.
    look: (address) => ports.log.within({}, () => look(address)),
    looked: () => looked,
    found: () => found,
    anyFailed: () => failed > 0,
    allFailed: () => failed > 0 && looked === 0,
  };
}
