/**
 * Every metric there is, so that none is counted that nobody knows of and no alarm waits for one that is not counted
 * (stack/alarms.yml; test/package/template.test.ts holds the two together). Each is counted as a total, which alarms
 * watch, and by the reason it is given, which is for reading.
 */
export const METRICS = [
  // What became of a webhook (receive/received.ts).
  'webhook_accepted',
  'webhook_ignored',
  'webhook_refused',
  'webhook_failed',
  'webhook_doubtful',
  'webhook_without_service',
  'secret_unreadable',
  'secret_version_unreadable',
  // The queue and the spool.
  'event_spooled',
  'event_stays_spooled',
  'event_unspooled',
  'spool_failed',
  'event_given_up',
  'envelope_unreadable',
  'postpone_failed',
  'reply_retried',
  // How an event ended (record/message-record.ts); the reasons are those of guards/guards.ts and of errors.
  'outcome_replied',
  'outcome_no_rule',
  'outcome_suppressed',
  'outcome_stale',
  'outcome_quarantined',
  'outcome_in_flight',
  'reply_refused',
  // A step that is not a message (reply/do-step.ts); the reason is which kind.
  'step_refused',
  // A handler that a rule calls (handlers/create-caller.ts); the reason is how it ended.
  'call_failed',
  'loop_muted',
  'handed_over',
  'handed_back',
  'question_gone',
  'duplicate_detected',
  'gap_unread',
  'history_cut',
  // Looking for messages whose webhook never came.
  'message_found',
  'record_taken_up',
  'reconcile_alive',
  'reconcile_failed',
  'reconcile_unfinished',
  'active_cut',
  'wide_look',
  'other_stack',
  'wiring_unknown',
] as const;

export type Metric = (typeof METRICS)[number];

/** What is measured instead of counted, with CloudWatch's names for the units: what each look for lost messages saw. */
export const MEASURES = {
  /** Conversations that were to be looked at. */
  due: 'Count',
  /** Those that were. */
  looked: 'Count',
  /** How long ago the look before began of the conversation that waited longest: a message may be lost for so long. */
  oldest: 'Seconds',
} as const;

export type Measure = keyof typeof MEASURES;
