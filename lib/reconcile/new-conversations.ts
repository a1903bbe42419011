import { markActive } from '../record/active.ts';
import type { ConversationResource } from '../twilio/conversations.ts';
import { toSeconds } from '../twilio/to-seconds.ts';
import { listPage } from './list-page.ts';
import type { Created, Listed, Newest } from './look-state.ts';
import type { ReconcilePorts } from './reconcile-ports.ts';
import { sideBySide } from './side-by-side.ts';

/** Dates are in whole seconds, and what is created in one moment may be listed a moment later. */
const OVERLAP_MS = 60_000;
/** However long none has come, what is created later than this before a listing may not be in it yet. */
const LAG_MS = 300_000;
/** Of those created in the overlap, so many are remembered of a service; the others are new once more. */
const MAX_LATEST = 1_000;
/** And of all services together: twice as many, where listings are not finished, have room in an item of 400 KB. */
const MAX_LATEST_OF_ALL = 2_000;
/** An installation that kept no mark of what it had listed had looked at this much, each time. */
const DAY_MS = 86_400_000;

/**
 * Marks the conversations as active that were created since the last time, so that a first message whose webhook was
 * lost is found where nothing is known yet. All pages are read that reach back to the newest known before, and a minute
 * further for what was not listed yet then; where none has come for a while, no further than six minutes before the
 * listing before, or those that came together with the newest would be new again each time. When time runs out, the next
 * run goes on from the page where this one stopped.
 * @param since Milliseconds since the epoch; what happened before is history.
 * @throws what listing and marking throw; then nothing is taken for known.
 */
export async function markNewConversations(
  ports: ReconcilePorts,
  serviceSid: string,
  { before, since, goesOn }: { before: Newest | undefined; since: number; goesOn: () => boolean },
): Promise<Newest> {
  const { clock } = ports;
  const most = Math.min(MAX_LATEST, Math.floor(MAX_LATEST_OF_ALL / ports.serviceSids.length));
  const known: Listed = {
    at: before?.at ?? Math.max(since, clock.now() - DAY_MS),
    latest: before?.latest.slice(0, most) ?? [],
  };
  const isKnown = new Set(known.latest.map(({ sid }) => sid));
  const from = known.at - OVERLAP_MS;
  const StartDate = toSeconds(new Date(from));
  let shown: Listed = before?.listing ?? { ...known, at: Math.max(known.at, clock.now() - LAG_MS) };
  let next = before?.listing?.from;
  const begunAt = before?.listing?.begunAt ?? clock.now();
  do {
    const page = await listPage(ports, serviceSid, { StartDate, from: next });
    const created = page.conversations.map((each) => ({ sid: each.sid, at: createdAt(each, clock.now()) }));
    const fresh = created.filter(({ sid, at }) => at >= from && !isKnown.has(sid));
    await sideBySide(
      fresh,
      () => true,
      async ({ sid }) => {
        await markActive(ports, { serviceSid, conversationSid: sid }, clock.now());
        return true;
      },
    );
    shown = showMore(shown, created, { most, begunAt });
    const isBehind = (created.at(-1)?.at ?? from) < from;
    next = isNewestFirst(created) && isBehind ? undefined : page.next;
  } while (next !== undefined && goesOn());
  return next === undefined ? shown : { ...known, listing: { ...shown, from: next, begunAt } };
}

/**
 * Only what was created before the listing began is known. What was created since may be on its last page, while one that
 * was created before that was listed too late for an earlier page: the next listing is to show it.
 */
function showMore(
  shown: Listed,
  created: readonly Created[],
  { most, begunAt }: { readonly most: number; readonly begunAt: number },
): Listed {
  const at = Math.max(shown.at, ...created.map((each) => Math.min(each.at, begunAt)));
  const all = new Map([...shown.latest, ...created].map((each) => [each.sid, each]));
  const latest = [...all.values()].filter((each) => each.at >= at - OVERLAP_MS);
  return { at, latest: latest.sort((a, b) => b.at - a.at).slice(0, most) };
}

/** In milliseconds since the epoch; one without a date, or ahead of our clock, was created a moment ago. */
function createdAt({ date_created: date }: ConversationResource, now: number): number {
  const at = Date.parse(date ?? '');
  return Number.isNaN(at) ? now : Math.min(at, now);
}

/** A page on which all were created in the same second does not tell. */
function isNewestFirst(created: readonly Created[]): boolean {
  const isInOrder = created.every(({ at }, place) => at <= (created[place - 1]?.at ?? at));
  return isInOrder && (created[0]?.at ?? 0) > (created.at(-1)?.at ?? 0);
}
