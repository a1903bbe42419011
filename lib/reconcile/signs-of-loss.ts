import { errorCode } from '../error-code.ts';
import type { Key } from '../ports.ts';
import { LOSS } from '../record/keys.ts';
import { isClosed, markLoss } from '../record/loss.ts';
import type { Alert } from '../twilio/alerts.ts';
import { attempt } from './attempt.ts';
import { isRefusal } from './is-refusal.ts';
import type { AlertsSeen } from './look-state.ts';
import type { ReconcilePorts } from './reconcile-ports.ts';
import { isOneOf } from './same-url.ts';

const MOST_MARKS = 100;
const TRIES = 3;
const TRY_AGAIN_MS = 1_000;

/**
 * That an alarm rang, or is over. It says so once, so that is tried more than once.
 * @throws what the table threw at last.
 */
export async function leaveAlarm(ports: ReconcilePorts): Promise<void> {
  for (let tries = 1; tries < TRIES; tries += 1) {
    const isLeft = await attempt(ports, () => markLoss(ports, 'alarm').then(() => true));
    if (isLeft) return;
    await ports.clock.sleep(TRY_AGAIN_MS);
  }
  await markLoss(ports, 'alarm');
}

/**
 * The table as the spool's sweep sees it: nothing is removed there before the sign is left that the spool was used. What was
 * spooled is safe, but where the queue refuses, a webhook may have found the table closed as well.
 */
export function signingStore(ports: ReconcilePorts): ReconcilePorts['store'] {
  let left: Promise<void> | undefined;
  return {
    ...ports.store,
    remove: async (key, version) => {
      left ??= markLoss(ports, 'spool');
      await left;
      await ports.store.remove(key, version);
    },
  };
}

/**
 * The signs that lie in the table: receive failed, the spool was used, an alarm rang (record/loss.ts). Those of this very
 * minute are left to the next run: what is lost after a look in the same minute leaves no sign of its own.
 *
 *   :10 sign   :20 this run reads it and looks at X   :23 lost in X, the same sign   :40 this run removes it
 *
 * @returns their reasons, and how to remove them once they are remembered elsewhere.
 */
export async function readMarks({ store, clock }: ReconcilePorts) {
  const now = clock.now();
  const all = await store.list(LOSS, MOST_MARKS);
  const marks = all.filter(([key]) => isClosed(key, now));
  const remove = async () => {
    for (const [key, { version }] of marks) await store.remove(key, version);
  };
  return { reasons: marks.map(([{ sk }]: readonly [Key, unknown]) => sk.slice(sk.indexOf('|') + 1)), remove };
}

/**
 * A webhook that did not answer well: 11200 of any product, so its URL decides; 50057 and 50076 of Conversations alone.
 * https://www.twilio.com/docs/api/errors/11200 https://www.twilio.com/docs/api/errors/50057
 * https://www.twilio.com/docs/api/errors/50076
 */
const FAILED_WEBHOOK = ['11200', '50057', '50076'];
/** An alert may be shown a while after it happened. */
const LATE_MS = 120_000;
const ASK_AGAIN_MS = 3_600_000;
/** Of more than 30 days ago Monitor refuses to tell anything: https://www.twilio.com/docs/usage/monitor-alert */
const KEPT_MS = 30 * 86_400_000 - ASK_AGAIN_MS;

/**
 * What Twilio's Monitor says of webhooks to our URL since the last time: one request, where the key may. Where there are
 * more alerts than fit on a page, ours may be among the rest. Where Monitor cannot be asked,
 * looking has not failed: the next run asks it for the same time.
 */
export async function readAlerts(
  { listAlerts, publicUrls, clock, log }: ReconcilePorts,
  before: AlertsSeen | undefined,
): Promise<{ readonly seen: AlertsSeen | undefined; readonly isLoss: boolean }> {
  const now = clock.now();
  if (listAlerts === undefined || (before?.refusedUntil ?? 0) > now) return { seen: before, isLoss: false };
  const { askedAt = now, latestAt = 0 } = before ?? {};
  try {
    const { alerts, cut } = await listAlerts(Math.max(askedAt - LATE_MS, now - KEPT_MS));
    const dates = alerts.filter((alert) => isOurs(alert, publicUrls)).map(dateOf);
    const isLoss = cut || dates.some((date) => date > latestAt);
    return { seen: { askedAt: now, latestAt: Math.max(latestAt, ...dates) }, isLoss };
  } catch (error) {
    const seen = { askedAt, latestAt };
    if (isRefusal(error)) return { seen: { ...seen, refusedUntil: now + ASK_AGAIN_MS }, isLoss: false };
    log.count('alerts_unread', errorCode(error));
    return { seen, isLoss: false };
  }
}

function isOurs({ error_code: code, request_url: url }: Alert, publicUrls: readonly string[]): boolean {
  if (code === null || !FAILED_WEBHOOK.includes(code)) return false;
  return url ? isOneOf(publicUrls, url) : code !== '11200';
}

/** In milliseconds since the epoch; one without a date is as old as can be. */
function dateOf({ date_created: date }: Alert): number {
  const at = Date.parse(date ?? '');
  return Number.isNaN(at) ? 0 : at;
}
