import type { ConversationEvent } from '../event/event-types.ts';
import type { Log } from '../log.ts';
import type { Clock, Key, Store } from '../ports.ts';
import { type MessageRecord, messageParts } from '../record/message-record.ts';
import { saveRecord } from './save-record.ts';

export interface ReportPorts {
  readonly store: Pick<Store, 'get' | 'put'>;
  readonly log: Pick<Log, 'count' | 'info'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Tells whoever watches (the local world's terminal and page) how an event ended; must not throw. */
  readonly onFinished?: ((event: ConversationEvent, record: MessageRecord) => void) | undefined;
}

interface Reported {
  readonly event: ConversationEvent;
  readonly address: { readonly serviceSid?: string; readonly conversationSid: string };
}

export function report(
  { log, clock, onFinished }: ReportPorts,
  { event, address }: Reported,
  record: MessageRecord,
): void {
  if (record.finished === undefined) return;
  const { outcome, reason } = record.finished;
  log.count(`outcome_${outcome}`, reason);
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
 * What is set aside is an alarm, so it is counted before anything else can fail, and again rather than never: by
 * whoever finds that nobody has saved that it was.
 */
export async function reportSetAside(
  ports: ReportPorts,
  reported: Reported & { readonly key: Key },
  record: MessageRecord,
): Promise<void> {
  if (record.finished?.outcome !== 'quarantined' || record.reported) return;
  report(ports, reported, record);
  const stored = await ports.store.get<MessageRecord>(reported.key);
  if (stored === undefined) return;
  await saveRecord(ports, reported.key, { ...stored.value, reported: true }, stored.version);
}
