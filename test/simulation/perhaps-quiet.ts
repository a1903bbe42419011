import type { Book, Perhaps, State } from './memory-state.ts';

/** Lists date in whole seconds. */
export const UNSURE_MS = 1_500;

/** Each message of a person prolongs a handover: what may be remembered then. */
export function putOff(state: State, { quietMs }: Book): readonly State[] {
  const { handover, personAt } = state;
  if (handover === undefined) return [state];
  const lasts = isBetween(personAt, handover.at, Number.POSITIVE_INFINITY);
  const later = { ...state, handover: { ...handover, until: Math.max(handover.until, personAt + quietMs) } };
  return lasts === 'yes' ? [later] : lasts === 'no' ? [state] : [later, state];
}

/** Whether `at` lies between the two, as far as anybody can tell. */
function isBetween(at: number, from: number, until: number): Perhaps {
  if (at < from - UNSURE_MS || at >= until + UNSURE_MS) return 'no';
  return at >= from + UNSURE_MS && at < until - UNSURE_MS ? 'yes' : 'unsure';
}

export function isHandedOver({ handover, givenBackAt }: State, at: number): Perhaps {
  if (handover === undefined) return 'no';
  return unlessGivenBack(isBetween(at, -UNSURE_MS * 2, handover.until), handover.at, givenBackAt, at);
}

export function isQuiet({ personAt, givenBackAt }: State, at: number, { quietMs }: Book): Perhaps {
  if (personAt === 0) return 'no';
  return unlessGivenBack(isBetween(at, -UNSURE_MS * 2, personAt + quietMs), personAt, givenBackAt, at);
}

/** What began at `since` has no effect on what comes after it was given back. */
function unlessGivenBack(during: Perhaps, since: number, givenBackAt: number, at: number): Perhaps {
  if (during === 'no' || givenBackAt < since - UNSURE_MS) return during;
  if (givenBackAt > at + UNSURE_MS) return during;
  return Math.abs(givenBackAt - since) > UNSURE_MS && givenBackAt < at - UNSURE_MS ? 'no' : 'unsure';
}
