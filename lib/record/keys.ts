import { createHash } from 'node:crypto';
import type { Clock, Key, QueueMessage, Store } from '../ports.ts';

/**
 * The table, one row a kind of item. stack/roles.yml grants receive and reply their rows and no more, by `pk`.
 *
 *   pk                       sk                            value                lives      written by
 *   CH…                      onMessageAdded|IM…, …         MessageRecord        30 days    reply
 *   CH…                      tries|onMessageAdded|IM…, …   Tries                30 days    reply
 *   CH…                      tries|gap|onMessageAdded|IM…  Tries                30 days    reply
 *   CH…                      conversation                  ConversationRecord   30 days    reply
 *   CH…                      service                       { serviceSid }       30 days    reply
 *   CH…                      found|onMessageAdded|IM…      { at }               12 hours   reconcile
 *   CH…                      duplicate|IM…                 {}                   30 days    reply, reconcile
 *   active|IS…|2026-11-20T23:15|a  CH…                     { at, refused? }     2 days     reply, reconcile
 *   active|IS…|2026-11-20T23 CH…                           {}                   25 hours   the version before
 *   loss                     2026-11-20T23:15|queue        {}                   2 days     receive, reconcile
 *   spool|0 … spool|7        2026-11-20T…Z|CH…|onMess…|IM… QueueMessage         14 days    receive, reconcile
 *   spool                    CH…|onMessageAdded|IM…        QueueMessage         14 days    the version before
 *   webhooks                 IS…, account                  WebhookSetting       a year     npx parley webhooks set
 *   parley                   since                         Marks                10 years   reply, reconcile
 *   parley                   looks                         LookState            7 days     reconcile
 *   audit                    2026-11-20T…Z|mute|1a2b3c4d   Audit                a year     npx parley (cli/stage/audit.ts)
 *   parley                   table                         TableMark            10 years   reply
 *   parley                   mode                          ModeItem             10 years   operators
 *
 * The version before also wrote `parley|reconcile` and `parley|sweep|IS…`, which nobody reads any more.
 */
/** Where events wait that the queue refused, by conversation: side by side they come back faster. */
export const SPOOLS: readonly string[] = [
  'spool|0',
  'spool|1',
  'spool|2',
  'spool|3',
  'spool|4',
  'spool|5',
  'spool|6',
  'spool|7',
];

/** Where the version before puts them. It is swept as long as one may come from there: a rollback, a deployment. */
export const OLD_SPOOL = 'spool';

/** Days an item lives after it was last written, by kind. */
export const LIFETIMES = {
  /** Longer than a dead letter lives (14 days), so a redriven message still finds its record. */
  record: 30,
  conversation: 30,
  service: 30,
  /** A day longer than the last look is after it, in case nobody looks for a while. */
  active: 2,
  /** Half of what the queue's backoff can take, so what was taken up in vain is taken up again within the day. */
  found: 0.5,
  loss: 2,
  spool: 14,
  /** As good as never. */
  since: 3_650,
  cursor: 7,
  mode: 3_650,
} as const;

export type Lifetime = keyof typeof LIFETIMES;

/** @param eventKey of event/event-key.ts */
export function recordKey(conversationSid: string, eventKey: string): Key {
  return { pk: conversationSid, sk: eventKey };
}

/** Of what is known of the trouble with an event, beside its record. */
export function triesKey({ pk, sk }: Key): Key {
  return { pk, sk: `tries|${sk}` };
}

export function conversationKey(conversationSid: string): Key {
  return { pk: conversationSid, sk: 'conversation' };
}

/** Which service a conversation belongs to, where its webhooks do not tell. */
export function serviceKey(conversationSid: string): Key {
  return { pk: conversationSid, sk: 'service' };
}

/** That a message was put on the queue because no webhook told of it. @param eventKey of event/event-key.ts */
export function foundKey(conversationSid: string, eventKey: string): Key {
  return { pk: conversationSid, sk: `found|${eventKey}` };
}

/** That a reply was counted that is at Twilio twice. */
export function duplicateKey(conversationSid: string, replySid: string): Key {
  return { pk: conversationSid, sk: `duplicate|${replySid}` };
}

/** The last digits that a SID may have. */
export const ACTIVE_SHARDS = '0123456789abcdef';

/**
 * @param time such as `2026-11-20T23:15`; an hour in the version before.
 * @param shard one of ACTIVE_SHARDS; absent in the version before.
 */
export function activePartition(serviceSid: string, time: string, shard?: string): string {
  return ['active', serviceSid, time, ...(shard === undefined ? [] : [shard])].join('|');
}

/** Where signs lie that webhooks may have been lost. */
export const LOSS = 'loss';

/** One sign a minute and reason is enough. @param at milliseconds since the epoch */
export function lossKey(at: number, reason: string): Key {
  return { pk: LOSS, sk: `${new Date(at).toISOString().slice(0, 16)}|${reason}` };
}

export const LOSS_MINUTE_MS = 60_000;

/** When the minute of a sign began, in milliseconds since the epoch. */
export function lostIn({ sk }: Key): number {
  return Date.parse(`${sk.slice(0, sk.indexOf('|'))}Z`);
}

/**
 * Events of one conversation stand in one partition, in the order in which they came.
 * @param at When it came, in milliseconds since the epoch.
 */
export function spoolKey({ groupId, deduplicationId }: Omit<QueueMessage, 'body'>, at: number): Key {
  const hash = createHash('sha256').update(groupId).digest()[0] ?? 0;
  const pk = SPOOLS[hash % SPOOLS.length] ?? OLD_SPOOL;
  return { pk, sk: `${new Date(at).toISOString()}|${groupId}|${deduplicationId}` };
}

export const SINCE_KEY: Key = { pk: 'parley', sk: 'since' };
export const TABLE_KEY: Key = { pk: 'parley', sk: 'table' };
export const LOOKS_KEY: Key = { pk: 'parley', sk: 'looks' };
export const MODE_KEY: Key = { pk: 'parley', sk: 'mode' };

/** What saving needs; of the store only the right to put. */
export interface SavePorts {
  readonly store: Pick<Store, 'put'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Writes `value` as the version after `expected` (undefined: there is none yet), to live as long as its kind does.
 * @param from when its life begins, in milliseconds since the epoch. @default now
 * @returns the new version; undefined when somebody else wrote first, and nothing is changed then.
 */
export async function saveNext<T>(
  { store, clock }: SavePorts,
  item: { readonly key: Key; readonly value: T; readonly lifetime: Lifetime },
  expected: number | undefined,
  from = clock.now(),
): Promise<number | undefined> {
  const version = (expected ?? 0) + 1;
  const expiresAt = Math.floor(from / 1000) + LIFETIMES[item.lifetime] * 86_400;
  const saved = await store.put(item.key, { version, expiresAt, value: item.value }, expected);
  return saved ? version : undefined;
}
