import { sweepSpool } from '../queue/sweep-spool.ts';
import { MODE_KEY } from '../record/keys.ts';
import { modeAt } from '../record/mode.ts';
import { FOR_EVER, type Mark, serviceMarks } from '../record/since.ts';
import { attempt } from './attempt.ts';
import { asksNow, beginsRound, type LookState, type Turn, takeTurn } from './look-state.ts';
import { createLooks, type Looks } from './looks.ts';
import { markNewConversations } from './new-conversations.ts';
import { timeOf } from './own-time.ts';
import type { ReconcilePorts } from './reconcile-ports.ts';
import { lookRound } from './round.ts';
import { leaveAlarm, readAlerts, readMarks, signingStore } from './signs-of-loss.ts';
import { LISTED_AGAIN, lookWidely, nextWideLook } from './wide-look.ts';
import { anothersUntil, checkWiring, isRewired } from './wiring.ts';

export interface Reconciled {
  /** How many messages were put on the queue. */
  readonly found: number;
  /** Whether everything that was due was looked at, from the first to the last, and nothing failed. */
  readonly finished: boolean;
}

const NOTHING: Reconciled = { found: 0, finished: false };

/**
 * Finds what no webhook told us: Twilio gives up after five seconds and by default never asks again. Runs each minute,
 * and brings what the queue refused back to it; every five minutes, or when a run before could not finish, it asks
 * Twilio:
 *
 *   is our webhook the one that is called? (wiring.ts)   were webhooks lost? (signs-of-loss.ts)
 *        │                                                     │
 *        ▼                                                     ▼
 *   new conversations ─▶ marked active ─▶ what is due (due.ts) ─▶ all others (wide-look.ts)
 *   a third of the time                    the latest first        what time is left
 *
 * Every message without an outcome that nobody works on is put on the queue, under the key its webhook would have had.
 * Whatever arrives twice is one event, so a run that dies, or overlaps another, does no harm.
 * @throws what the table throws, where the sign of an alarm could not be left: the run is to be repeated.
 */
export async function reconcile(ports: ReconcilePorts): Promise<Reconciled> {
  const hasTime = timeOf(ports.remainingMs);
  if (ports.asked === 'alarm') await leaveAlarm(ports);
  const store = signingStore(ports);
  await attempt(ports, () => sweepSpool({ ...ports, store, hasTime: () => hasTime(1 / 2) }));
  const turn = await attempt(ports, () => takeTurn(ports));
  if (turn === undefined) return NOTHING;
  const done = await attempt(ports, () => work(ports, turn, timeOf(ports.remainingMs)));
  if (done === undefined) await attempt(ports, () => turn.giveBack(turn.state));
  return done ?? NOTHING;
}

async function work(
  ports: ReconcilePorts,
  turn: Turn,
  goesOn: (share: number) => boolean,
): Promise<Reconciled> {
  const signs = await readMarks(ports);
  const begins = beginsRound(ports, turn.state, ports.clock.now());
  const noticed = await notice(ports, turn.state, signs.reasons, begins);
  const markOf = await serviceMarks(ports, ports.serviceSids, {
    lookedAt: turn.state.lookedAt,
    othersUntil: othersUntil(turn.state, noticed, ports.clock.now()),
  });
  const looks = createLooks(ports, markOf, goesOn);
  const ours = await servicesOfOurs(ports, noticed, begins);
  const listed = await listNew(ports, noticed, ours, { looks, markOf, begins });
  const looked = await lookAtDue(ports, listed.state, ours, { looks, begins });
  const state = await lookAtAll(ports, looked, ours, looks);
  const isSaved = await turn.giveBack(state);
  // Only now, so that a sign is never lost itself.
  if (isSaved) await signs.remove();
  ports.log.measure({ reconcile_looked: looks.looked() });
  // A run that goes on with what the one before left says nothing of Twilio unless it looked.
  const hasAsked = begins || looks.looked() > 0;
  if (hasAsked && isSaved && listed.isComplete && !looks.allFailed()) ports.log.count('reconcile_alive');
  const isWhole = begins && isSaved && listed.isComplete && state.round === undefined;
  return { found: looks.found(), finished: isWhole && !looks.anyFailed() };
}

/** What has changed since the last time, and what may have been lost. */
async function notice(
  ports: ReconcilePorts,
  state: LookState,
  marked: readonly string[],
  begins: boolean,
): Promise<LookState> {
  if (!begins) return { ...state, signs: [...new Set([...state.signs, ...marked])] };
  const { deployment, serviceSids, checksWiring, clock } = ports;
  const { seen, isLoss } = await readAlerts(ports, state.alerts);
  const isDeployed = state.deployment !== deployment;
  const fresh = [...marked, ...(isDeployed ? ['deployment'] : []), ...(isLoss ? ['alert'] : [])];
  const signs = new Set([...state.signs, ...fresh]);
  // Where all are another's no wide look begins, and what was a sign before stays one.
  const mayBegin = serviceSids.some((serviceSid) => state.services[serviceSid]?.wiring?.target !== 'other');
  const atOnce = asksNow(ports) || fresh.length > 0 || (mayBegin && signs.size > 0);
  const services: Record<string, LookState['services'][string]> = {};
  for (const serviceSid of serviceSids) {
    const { wiring: before, ...known } = state.services[serviceSid] ?? {};
    const wiring = checksWiring ? await checkWiring(ports, serviceSid, before, atOnce) : undefined;
    if (isRewired(before, wiring)) signs.add('wiring');
    services[serviceSid] = { ...known, ...(wiring === undefined ? {} : { wiring }) };
  }
  return {
    ...state,
    deployment,
    deployedAt: isDeployed ? clock.now() : state.deployedAt,
    signs: [...signs],
    services,
    ...(seen === undefined ? {} : { alerts: seen }),
  };
}

/** Those that Twilio calls us for, as far as anybody knows. Of the others nothing is ours to answer. */
async function servicesOfOurs(
  ports: ReconcilePorts,
  { services }: LookState,
  begins: boolean,
): Promise<readonly string[]> {
  const { serviceSids, log } = ports;
  const isOthers = (serviceSid: string) => services[serviceSid]?.wiring?.target === 'other';
  const others = serviceSids.filter(isOthers);
  if (begins && others.length > 0 && !(await isSwitchedOff(ports))) {
    for (const serviceSid of others) {
      log.count('other_stack');
      log.error("Twilio's webhooks for the service go to another URL than PUBLIC_URL", { serviceSid });
    }
  }
  // One that has been added is not known before the next round begins.
  return serviceSids.filter((serviceSid) => services[serviceSid] !== undefined && !isOthers(serviceSid));
}

/** By its settings, or by an operator: a table that cannot say that somebody pressed *off* keeps nothing quiet. */
async function isSwitchedOff(ports: ReconcilePorts): Promise<boolean> {
  if (ports.isOff) return true;
  const pressed = await attempt(ports, () => ports.store.get(MODE_KEY));
  return modeAt(pressed?.value, ports.clock.now()) === 'off';
}

/**
 * Of the services of which this run knows it anew. One that is taken out of the settings may be another's until it is looked
 * at again; one that was not looked at the time before, until now.
 */
function othersUntil(
  { services: before }: LookState,
  { services }: LookState,
  now: number,
): Readonly<Record<string, number>> {
  const isFirst = Object.keys(before).length === 0;
  const until: Record<string, number> = {};
  for (const [serviceSid, { wiring }] of Object.entries(services)) {
    const isAdded = !isFirst && before[serviceSid] === undefined;
    const at = anothersUntil(before[serviceSid]?.wiring, wiring) ?? (isAdded ? now : undefined);
    if (at !== undefined) until[serviceSid] = at;
  }
  for (const serviceSid of Object.keys(before)) {
    if (services[serviceSid] === undefined) until[serviceSid] = FOR_EVER;
  }
  return until;
}

interface Listed {
  readonly state: LookState;
  /** Whether every service could be listed. */
  readonly isComplete: boolean;
}

async function listNew(
  ports: ReconcilePorts,
  state: LookState,
  ours: readonly string[],
  {
    looks,
    markOf,
    begins,
  }: { readonly looks: Looks; readonly markOf: (serviceSid: string) => Mark; readonly begins: boolean },
): Promise<Listed> {
  const services = { ...state.services };
  const signs = new Set(state.signs);
  let isComplete = true;
  for (const serviceSid of ours) {
    const before = services[serviceSid]?.newest;
    if (!begins && before?.listing === undefined) continue;
    const options = { before, since: markOf(serviceSid).since, goesOn: () => looks.goesOn(1 / 3) };
    const newest = await attempt(ports, () => markNewConversations(ports, serviceSid, options));
    isComplete &&= newest !== undefined;
    if (newest === undefined) continue;
    const { passedOver, ...known } = services[serviceSid] ?? {};
    services[serviceSid] = { ...known, newest };
    if (passedOver) signs.add(LISTED_AGAIN);
  }
  return { state: { ...state, services, signs: [...signs] }, isComplete };
}

/** A new round, or the rest of the one before, and what came since waits for the next. */
async function lookAtDue(
  ports: ReconcilePorts,
  state: LookState,
  ours: readonly string[],
  { looks, begins }: { readonly looks: Looks; readonly begins: boolean },
): Promise<LookState> {
  const { round, ...rest } = state;
  const begun = begins ? { at: ports.clock.now(), since: state.lookedAt } : round;
  if (begun === undefined) return state;
  const left = await attempt(ports, () => lookRound(ports, ours, begun, { looks, state }));
  if (left === undefined || left.round !== undefined) ports.log.count('reconcile_unfinished');
  if (left === undefined) return { ...rest, round: begun };
  return left.round === undefined ? { ...rest, lookedAt: begun.at } : { ...rest, round: left.round };
}

async function lookAtAll(
  ports: ReconcilePorts,
  state: LookState,
  ours: readonly string[],
  looks: Looks,
): Promise<LookState> {
  const now = ports.clock.now();
  const next = nextWideLook(state, ours, now);
  if (next === undefined) return state;
  const { wide: _, ...rest } = state;
  const begun = next.begins ? { ...rest, wideAt: now, signs: [] } : rest;
  if (next.begins) {
    for (const sign of state.signs) ports.log.count('wide_look', sign);
  }
  const options = {
    serviceSids: ours,
    goesOn: () => looks.goesOn(1),
    look: (serviceSid: string, conversationSid: string) => looks.look({ serviceSid, conversationSid }),
  };
  const { place, refused } = await lookWidely(ports, next.wide, options);
  const services = { ...begun.services };
  for (const serviceSid of refused) services[serviceSid] = { ...services[serviceSid], passedOver: true };
  return { ...begun, services, ...(place === undefined ? {} : { wide: place }) };
}
