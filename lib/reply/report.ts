import { eventTime } from '../event/event-time.ts';
import type { ConversationEvent } from '../event/event-types.ts';
import type { Log } from '../log.ts';
import type { Clock, Key, Store } from '../ports.ts';
import { type MessageRecord, messageParts } from '../record/message-record.ts';
import { saveRecord } from './save-record.ts';

export interface ReportPorts {
  readonly store: Pick<Store, 'get' | 'put'>;
  readonly log: Pick<Log, 'count' | 'info' | 'measure'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Tells whoever watches (the local world's terminal and page) how an event ended; must not throw. */
  readonly onFinished?: ((event: ConversationEvent, record: MessageRecord) => void) | undefined;
}

interface Reported {
  readonly event: ConversationEvent;
  readonly address: { readonly serviceSid?: string; readonly conversationSid: string };
  /** When the delivery began that ended it, in milliseconds since the epoch. */
  readonly beganAt: number;
  /** As a claim has them (claim.ts). */
  readonly found?: boolean;
  readonly answerUntil?: number | undefined;
}

export function report(
  { log, clock, onFinished }: ReportPorts,
  reported: Reported,
  record: MessageRecord,
): void {
  if (record.finished === undefined) return;
  const { event, address, beganAt } = reported;
  const { outcome, reason } = record.finished;
  log.count(`outcome_${outcome}`, reason);
  log.measure({ queue_ms: Math.max(0, beganAt - record.receivedAt), ...replyTime(reported, record) });
  log.info('answered', {
    ...address,
    eventType: event.EventType,
    ...('MessageSid' in event ? { messageSid: event.MessageSid } : {}),
    outcome,
    reason,
    rule: record.rule,
    parts: messageParts(record).length,
    ms: clock.now() - record.receivedAt,
  });
  onFinished?.(event, record);
}

/**
 * Of what its webhook brought: what was found by asking has a metric of its own, and an operator knows how old it is that
 * they redrive or replay. Two clocks may differ, and nobody is answered before they wrote.
 */
function replyTime(
  { event, found, answerUntil }: Reported,
  record: MessageRecord,
): { readonly reply_ms?: number } {
  const { sentAt } = messageParts(record)[0] ?? {};
  const isInTurn = event.EventType === 'onMessageAdded' && !found && answerUntil === undefined;
  if (sentAt === undefined || !isInTurn) return {};
  return { reply_ms: Math.max(0, sentAt - eventTime(event, record.receivedAt)) };
}

/**
 * What is set aside is an alarm, so it is counted before anything else can fail, and again rather than never: by
 * whoever finds that nobody has saved that it was.
 */
export async function reportSetAside(
  ports: ReportPorts,
  reported: Reported & { readonly key: Key },
  record: MessageRecord,
): Promise<void> {
  if (record.finished?.outcome === 'quarantined') await reportUnnoted(ports, reported, record);
}

/** Counts an outcome before it is noted, and saves that, so that whoever notes it does not count it again. */
export async function reportUnnoted(
  ports: ReportPorts,
  reported: Reported & { readonly key: Key },
  record: MessageRecord,
): Promise<void> {
  if (record.reported) return;
  report(ports, reported, record);
  const stored = await ports.store.get<MessageRecord>(reported.key);
  if (stored === undefined) return;
  await saveRecord(ports, reported.key, { ...stored.value, reported: true }, stored.version);
}
