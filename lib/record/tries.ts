/**
 * How it went to bring one event to its outcome, where it did not go well: an item of its own beside the record, because
 * trouble may come before there is a record, and because a record says what is known of a send and is not touched for
 * anything else. What is answered at first has no such item.
 *
 *   delivery  1    2    3    4    5                6
 *             ✗1   ✗2   ✗3   ✗4   mark  ✗5 ──▶ end            each ends in a failure
 *             †    †    †    †    mark  †          mark ──▶ end   the process dies each time
 */
export interface Tries {
  readonly v: 1;
  /** Deliveries that ended in a failure of this very event. What others made it wait counts nothing. */
  readonly failures: number;
  /** Deliveries of which the end is known, failures among them. */
  readonly ended: number;
  /** Marks that were found by the next delivery. */
  readonly deaths: number;
  /** The mark: a process is at work on it, or died at it. */
  readonly working?: true;
  /** Why it is given up; what may have been sent is waited for. */
  readonly givenUp?: string;
}

/** After so many failures an event is set aside, and its conversation moves on. */
export const MAX_TRIES = 5;

export const NO_TRIES: Tries = { v: 1, failures: 0, ended: 0, deaths: 0 };

/** To be saved before the work: whoever finds it knows that nobody lived to take it off. */
export function markTry(tries: Tries): Tries {
  return { ...tries, working: true };
}

/** The process lives, and works on something else next. */
export function unmarkTry({ working: _, ...tries }: Tries): Tries {
  return tries;
}

/** The delivery ended, and the process lives. */
export function endTry(tries: Tries, failed: boolean): Tries {
  const { ended, failures } = tries;
  return { ...unmarkTry(tries), ended: ended + 1, failures: failures + (failed ? 1 : 0) };
}

/** The delivery before left its mark. */
export function countDeath(tries: Tries): Tries {
  return { ...tries, deaths: tries.deaths + 1 };
}

/**
 * Whether processes die of it. Where nothing but that is known of it, one mark says so. Where deliveries ended before,
 * one process that vanished may have been a deployment's; the second was not.
 */
export function isDeadly({ deaths, ended }: Tries): boolean {
  return deaths >= (ended === 0 ? 1 : 2);
}

export function giveUp(tries: Tries, reason: string): Tries {
  return { ...tries, givenUp: reason };
}
