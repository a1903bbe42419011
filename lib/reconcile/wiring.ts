import { errorCode } from '../error-code.ts';
import { shortHash } from '../record/short-hash.ts';
import type { WebhookConfiguration } from '../twilio/webhook-configuration.ts';
import { isRefusal } from './is-refusal.ts';
import type { Wiring } from './look-state.ts';
import type { ReconcilePorts } from './reconcile-ports.ts';
import { isOneOf } from './same-url.ts';

const CHECK_EVERY_MS = 15 * 60_000;
/** As with rounds: schedules do not keep the second. */
const EARLY_MS = 30_000;

/**
 * Whether this stack is the one that Twilio calls for a service. Another one that listed its messages would answer what
 * the first is answering. Asked of Twilio each quarter of an hour, and at once where a wide look is to begin, which may be
 * because somebody has set it right: the service's configuration, and the account's where that names no URL. Where nobody
 * can say (no URL, no right to ask, a fault) it counts as called, since a lost message is the greater harm; a fault alone does
 * not make another's service ours, and is asked about again in the next round where nothing is known yet.
 */
export async function checkWiring(
  ports: ReconcilePorts,
  serviceSid: string,
  before: Wiring | undefined,
  atOnce = false,
): Promise<Wiring> {
  const checkedAt = ports.clock.now();
  const isFresh = before !== undefined && checkedAt - before.checkedAt < CHECK_EVERY_MS - EARLY_MS;
  if (isFresh && !before.failed && !atOnce) return before;
  try {
    const { post_webhook_url: url, method, filters } = await wiredTo(ports, serviceSid);
    if (!url) return unknown(ports, 'no_url', { checkedAt, target: 'unknown' });
    const target = isOneOf(ports.publicUrls, url) ? 'ours' : 'other';
    return { checkedAt, target, hash: hashOf([target, url, method, filters?.toSorted()]) };
  } catch (error) {
    const known = isRefusal(error) ? withoutTarget(before) : (before ?? { failed: true as const });
    return unknown(ports, errorCode(error), { target: 'unknown', ...known, checkedAt });
  }
}

/**
 * Whether it says something else than before: another URL or other events, or that what was another's is ours, because
 * PUBLIC_URL was set right, also where nobody could say in between. Webhooks may have been lost by then; what is another's
 * is not ours to look for.
 */
export function isRewired(before: Wiring | undefined, now: Wiring | undefined): boolean {
  if (before === undefined || now === undefined) return false;
  return now.target !== 'other' && now.hash !== before.hash;
}

/**
 * Until when what was written may have been another's to answer, in milliseconds since the epoch: where its URL stands
 * now, until the next check; where it stood at the check before, until this one. Undefined where this check says nothing
 * of that, or there was none.
 */
export function anothersUntil(before: Wiring | undefined, now: Wiring | undefined): number | undefined {
  if (now === undefined || now === before) return undefined;
  if (now.target === 'other') return now.checkedAt + CHECK_EVERY_MS;
  return before?.target === 'other' ? now.checkedAt : undefined;
}

/** Once it may be asked again, what it says is compared with what it said before: a look at all is for a change. */
function withoutTarget(before: Wiring | undefined): Partial<Wiring> {
  return before?.hash === undefined ? {} : { hash: before.hash };
}

function unknown({ log }: ReconcilePorts, why: string, wiring: Wiring): Wiring {
  log.count('wiring_unknown', why);
  return wiring;
}

async function wiredTo({ fetchWebhooks }: ReconcilePorts, serviceSid: string): Promise<WebhookConfiguration> {
  const service = await fetchWebhooks(serviceSid);
  return service.post_webhook_url ? service : fetchWebhooks();
}

/** A URL may hold what is nobody's business. */
function hashOf(value: unknown): string {
  return shortHash(JSON.stringify(value));
}
