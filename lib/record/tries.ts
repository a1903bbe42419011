/**
 * How it went to bring one event to its outcome, where it did not go well: an item of its own beside the record, because
 * trouble may come before there is a record, and because a record says what is known of a send and is not touched for
 * anything else. What is answered at first has no such item.
 *
 *   delivery   1   2   3        4        5        6
 *              ✗   ✗   mark ✗   mark ✗   mark ✗ ──▶ end             each ends in a failure: the fifth is the last
 *              †   †   mark †   mark †   mark †   3 marks ──▶ end   the process dies each time
 */
export interface Tries {
  readonly v: 1;
  /** Deliveries that ended in a failure of this very event, since a part was sent. What made it wait counts nothing. */
  readonly failures: number;
  /** Deliveries that ended because Twilio did not show yet what it had told of. */
  readonly patience?: number;
  /** Marks that were found by the next delivery, since a delivery last ended in a failure. */
  readonly deaths: number;
  /** The mark: a process is at work on it, or died at it. */
  readonly working?: true;
  /** A part of the mark: the handler that is being called; `true` where the version before wrote it. */
  readonly calling?: string | true;
  /** A process died while it called a handler, after another delivery: it is not called again. */
  readonly diedCalling?: true;
  /** The handlers under which it died; absent where the version before wrote it, which meant any. */
  readonly deadly?: readonly string[];
  /** Why it is given up; what may have been sent is waited for. */
  readonly givenUp?: string;
}

/** After so many failures an event is set aside, and its conversation moves on. */
export const MAX_TRIES = 5;

/** One process that vanished may have been a deployment's, and two have been bad luck. */
const MAX_DEATHS = 3;

/** A first delivery calls a handler without a mark: what it costs to save one is spared where nothing went wrong. */
export const CALLS_MARKED_FROM = 2;

/** From this delivery on processes leave marks, so that the fifth's is the last that it takes. */
export const MARKED_FROM = MAX_TRIES - MAX_DEATHS + 1;

export const NO_TRIES: Tries = { v: 1, failures: 0, deaths: 0 };

/** To be saved before the work: whoever finds it knows that nobody lived to take it off. */
export function markTry(tries: Tries): Tries {
  return { ...tries, working: true };
}

/** The same before a handler is called. */
export function markCall(tries: Tries, handler: string): Tries {
  return { ...markTry(tries), calling: handler };
}

/** The process lives, and works on something else next, or ended its delivery. */
export function unmarkTry({ working: _, calling: __, ...tries }: Tries): Tries {
  return tries;
}

/** @param advanced a part was sent in this delivery, before it failed */
export function countFailure(tries: Tries, advanced: boolean): Tries {
  return { ...unmarkTry(tries), failures: (advanced ? 0 : tries.failures) + 1, deaths: 0 };
}

export function countPatience(tries: Tries): Tries {
  return { ...unmarkTry(tries), patience: (tries.patience ?? 0) + 1 };
}

/** The delivery before left its mark. */
export function countDeath({ calling, ...tries }: Tries): Tries {
  const died = { ...tries, deaths: tries.deaths + 1 };
  if (calling === undefined) return died;
  const named = calling === true ? {} : { deadly: [...(tries.deadly ?? []), calling] };
  return { ...died, diedCalling: true, ...named };
}

/** Whether a process died while it called this handler, after another delivery had not ended well either. */
export function hasDiedCalling({ diedCalling, deadly }: Tries, handler: string): boolean {
  return deadly?.includes(handler) ?? diedCalling === true;
}

export function isDeadly({ deaths }: Tries): boolean {
  return deaths >= MAX_DEATHS;
}

export function giveUp(tries: Tries, reason: string): Tries {
  return { ...tries, givenUp: reason };
}
