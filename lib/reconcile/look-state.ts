import { LOOKS_KEY, SINCE_KEY, saveNext } from '../record/keys.ts';
import { isRoundDue, ROUND_EVERY_MS, type Round } from './due.ts';
import type { ReconcilePorts } from './reconcile-ports.ts';

/** What one run hands on to the next. Fields are only ever added. */
export interface LookState {
  /** Until when a run works on it, in milliseconds since the epoch; 0 when none does. */
  readonly heldUntil: number;
  readonly deployment: string;
  /** When this deployment was first seen. */
  readonly deployedAt: number;
  /** When the last round that was finished began. */
  readonly lookedAt: number;
  /** The round that is not finished, and the conversation it got to. */
  readonly round?: Round & { readonly upTo?: Place };
  /** Signs of loss that no wide look has been begun for. */
  readonly signs: readonly string[];
  /** When the latest wide look began. */
  readonly wideAt?: number;
  /** The wide look that is not finished. */
  readonly wide?: WidePlace;
  readonly alerts?: AlertsSeen;
  readonly services: Readonly<Record<string, ServiceState>>;
}

/** Conversations of a round are in the order of their activity, the latest first. */
export interface Place {
  readonly activeAt: number;
  readonly conversationSid: string;
}

export interface WidePlace {
  readonly serviceSid: string;
  /** The page that is looked at; absent for the first. */
  readonly from?: string;
  /** The last conversation of that page that was looked at. */
  readonly upTo?: string;
}

export interface AlertsSeen {
  readonly askedAt: number;
  /** The date of the latest one that was seen. */
  readonly latestAt: number;
  /** The key may not; asked again from then on. */
  readonly refusedUntil?: number;
}

export interface ServiceState {
  readonly wiring?: Wiring;
  readonly newest?: Newest;
  /** A wide look passed it over, since it could not be listed: there is to be another once it can. */
  readonly passedOver?: true;
}

/** Where Twilio's webhooks for a service go. */
export interface Wiring {
  readonly checkedAt: number;
  readonly target: 'ours' | 'other' | 'unknown';
  /** A hash of target, URL, method and events, where there is a URL. */
  readonly hash?: string;
  /** Asking failed by a mere fault, and nothing was known before. */
  readonly failed?: true;
}

/** How far the new conversations of a service are known. */
export interface Newest extends Listed {
  /** A listing that is not finished: its next page, when it began, and what it has shown so far. */
  readonly listing?: Listed & { readonly from: string; readonly begunAt?: number };
}

export interface Listed {
  /**
   * When the newest of those was created that existed as the listing began, or five minutes before it began, whichever is
   * later; in milliseconds since the epoch.
   */
  readonly at: number;
  /** Those that were created about then or later, so that they are not new again the next time. */
  readonly latest: readonly Created[];
}

export interface Created {
  readonly sid: string;
  /** In milliseconds since the epoch. */
  readonly at: number;
}

/** One run at a time works on the state, until it gives it back or its time is over. */
export interface Turn {
  readonly state: LookState;
  /** @returns whether this run still was the one that worked on it; nothing is saved otherwise. */
  giveBack(state: LookState): Promise<boolean>;
}

/** The sign that somebody leaves who asks for a wide look. */
export const ASKED = 'asked';

/** No run is longer than it may be by more than this, however clocks differ. */
const LEASE_MARGIN_MS = 5_000;

/**
 * Whoever asks for a look now takes the turn even from a run that is at it, which may be one that died: that one then
 * saves nothing, and what it found is found once all the same.
 * @returns undefined when another run is at it, or nothing is due.
 */
export async function takeTurn(ports: ReconcilePorts): Promise<Turn | undefined> {
  const { store, clock } = ports;
  const stored = await store.get<LookState>(LOOKS_KEY);
  const now = clock.now();
  const state = withAsked(ports, stored?.value ?? (await firstState(ports, now)));
  const isHeld = state.heldUntil > now && !asksNow(ports);
  if (isHeld || !hasWork(ports, state, now)) return undefined;
  const heldUntil = now + ports.remainingMs() + LEASE_MARGIN_MS;
  const held = await save(ports, { ...state, heldUntil }, stored?.version);
  if (held === undefined) return undefined;
  return {
    state,
    giveBack: async (next) => (await save(ports, { ...next, heldUntil: 0 }, held)) !== undefined,
  };
}

/** Before anything else can fail: whoever asks for a wide look asks once. */
function withAsked({ asked }: ReconcilePorts, state: LookState): LookState {
  return asked === 'everywhere' ? { ...state, signs: [...new Set([...state.signs, ASKED])] } : state;
}

function hasWork(ports: ReconcilePorts, state: LookState, now: number): boolean {
  const isListing = Object.values(state.services).some(({ newest }) => newest?.listing !== undefined);
  return isListing || state.round !== undefined || state.wide !== undefined || beginsRound(ports, state, now);
}

/** Whether a new round is to begin. */
export function beginsRound(
  ports: Pick<ReconcilePorts, 'asked'>,
  { round, lookedAt }: LookState,
  now: number,
): boolean {
  return asksNow(ports) || (round === undefined && isRoundDue(lookedAt, now));
}

/** Whether somebody wants a look whatever is due. */
export function asksNow({ asked }: Pick<ReconcilePorts, 'asked'>): boolean {
  return asked === 'now' || asked === 'everywhere';
}

/** A version that kept nothing of this has been here when there is a mark of the first look. */
async function firstState({ store, deployment }: ReconcilePorts, now: number): Promise<LookState> {
  const isUpdate = (await store.get(SINCE_KEY)) !== undefined;
  return {
    heldUntil: 0,
    deployment: isUpdate ? '' : deployment,
    deployedAt: now,
    lookedAt: now - ROUND_EVERY_MS,
    signs: [],
    services: {},
  };
}

async function save(ports: ReconcilePorts, value: LookState, expected: number | undefined) {
  return saveNext(ports, { key: LOOKS_KEY, value, lifetime: 'cursor' }, expected);
}
