/**
 * Every metric there is. CloudWatch charges for each name, and for each value of its dimension, as long as it is
 * written: so a metric is only what an alarm or a line of the dashboard shows (stack/alarms.yml, stack/dashboard.yml).
 * All else that is counted is a line of the log and no metric (LOGGED), for whoever asks the log.
 * https://aws.amazon.com/cloudwatch/pricing/
 *
 * Metrics are written to the namespace `parley/<stage>`. The only dimension is `reason`: where reasons are listed, the
 * metric exists for each of them and has no total; `other` stands for all that are not listed. Without `other` those are
 * lines of the log alone. Any other metric has no dimension, and its reason is a field of its line, which costs nothing.
 */
export const COUNTS = {
  // What became of a webhook (receive/receive.ts).
  webhook_accepted: [],
  webhook_refused: [],
  /** Refused although it carries a signature and names our account: a wrong PUBLIC_URL or token looks like that. */
  webhook_unverified: [],
  secret_unreadable: [],
  // The queue and the spool.
  event_stays_spooled: [],
  // How an event ended (record/message-record.ts), each with one value of `queue_ms`.
  outcome_replied: [],
  outcome_no_rule: [],
  outcome_suppressed: [],
  outcome_stale: [],
  outcome_quarantined: [],
  /** A step that is not a message (reply/do-step.ts). */
  step_refused: ['invite'],
  loop_muted: [],
  duplicate_detected: [],
  // What became of messages on their way to people, by receipt and Twilio's error code (receive/count-receipt.ts).
  delivery_confirmed: [],
  delivery_failed: ['30007', '63016', 'other'],
  // Looking for messages whose webhook never came.
  /** Of customers; what has waited on the queue for a minute is among them. */
  message_found: [],
  /** Of those, the ones that are too old by now to be answered (REPLY_MAX_AGE_SECONDS). */
  message_found_late: [],
  reconcile_alive: [],
  reconcile_failed: [],
  other_stack: [],
} as const satisfies Record<string, readonly string[]>;

/** What is measured instead of counted, with CloudWatch's names for the units. */
export const MEASURES = {
  /**
   * From Twilio's DateCreated of a message to when the first message of its answer was known to be at Twilio. Not of what
   * no webhook brought, nor of what an operator redrives or replays: that may be hours old.
   */
  reply_ms: 'Milliseconds',
  /**
   * From when an event was taken in to when the delivery that ended it began. One value an outcome, so the number of
   * its samples is how many events came to an end.
   */
  queue_ms: 'Milliseconds',
  /** Conversations that were to be looked at. */
  reconcile_due: 'Count',
  /** Those that were. */
  reconcile_looked: 'Count',
  /** How long ago the look before began of the conversation that waited longest: a message may be lost for so long. */
  reconcile_oldest_s: 'Seconds',
} as const;

/** What is counted in the log alone, so that nothing is counted that nobody knows of. */
export const LOGGED = [
  // The API's 5xx are the same requests, and cost nothing.
  'webhook_failed',
  'webhook_ignored',
  'webhook_doubtful',
  'webhook_without_service',
  'secret_version_unreadable',
  'event_spooled',
  'event_unspooled',
  'event_given_up',
  'spool_failed',
  'postpone_failed',
  'reply_retried',
  'reply_refused',
  // A handler that a rule calls (handlers/create-caller.ts); the reason is how it ended.
  'call_failed',
  'handed_over',
  'handed_back',
  'question_gone',
  'gap_unread',
  'history_cut',
  'record_taken_up',
  'reconcile_unfinished',
  'active_cut',
  'wide_look',
  'wiring_unknown',
  'alerts_unread',
] as const;

export type Count = keyof typeof COUNTS;
export type Measure = keyof typeof MEASURES;
export type Metric = Count | Measure;
export type Counted = Count | (typeof LOGGED)[number];

/** How an occurrence is written as a metric; undefined where it stands in the log alone. */
export function metricOf(
  counted: Counted,
  reason: string | undefined,
): { readonly dimensions: readonly string[]; readonly reason: string | undefined } | undefined {
  const reasons = (COUNTS as Readonly<Record<string, readonly string[]>>)[counted];
  if (reasons === undefined) return undefined;
  if (reasons.length === 0) return { dimensions: [], reason };
  const listed = [reason, 'other'].find((one) => one !== undefined && reasons.includes(one));
  return listed === undefined ? undefined : { dimensions: ['reason'], reason: listed };
}

/** What CloudWatch charges for: each metric, or each of the reasons of one that has some. */
export function chargedMetrics(): readonly { readonly metric: Metric; readonly reason?: string }[] {
  const counts = Object.entries(COUNTS) as [Count, readonly string[]][];
  return [
    ...counts.flatMap(([metric, reasons]) =>
      reasons.length === 0 ? [{ metric }] : reasons.map((reason) => ({ metric, reason })),
    ),
    ...(Object.keys(MEASURES) as Measure[]).map((metric) => ({ metric })),
  ];
}
