import type { Clock, Store, Versioned } from '../ports.ts';
import type { Envelope } from '../queue/envelope.ts';
import { type ConversationRecord, NEW_CONVERSATION } from '../record/conversation.ts';
import { conversationKey } from '../record/keys.ts';
import { type MessageRecord, RECORD_VERSION } from '../record/message-record.ts';
import type { ModeItem } from '../record/mode.ts';
import { RetryError } from '../retry-error.ts';
import type { ModeSwitch } from './mode-switch.ts';
import type { TableAge, TableMark } from './table-mark.ts';
import { keyOf } from './try-event.ts';

/** What the table holds of an event and its conversation. */
export interface Known {
  readonly record: Versioned<MessageRecord> | undefined;
  readonly conversation: Versioned<ConversationRecord> | undefined;
}

export interface KnownPorts {
  readonly store: Pick<Store, 'getAll'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly modes: Pick<ModeSwitch, 'keys' | 'learn'>;
  readonly table: Pick<TableAge, 'keys' | 'learn'>;
}

const NEWER_VERSION_MS = 60_000;

/**
 * One request, which tells the mode too where that was not read lately, and at first which table this is.
 * @throws RetryError while what stands there is of a newer version, and what the table throws
 */
export async function readKnown(
  { store, clock, modes, table }: KnownPorts,
  envelope: Envelope,
): Promise<Known> {
  const [askedAt, modeKeys, tableKeys] = [clock.now(), modes.keys(), table.keys()];
  const [record, conversation, ...others] = await store.getAll<
    readonly [MessageRecord, ConversationRecord, ...unknown[]]
  >([keyOf(envelope), conversationKey(envelope.address.conversationSid), ...modeKeys, ...tableKeys]);
  if (modeKeys.length > 0) modes.learn(others.shift() as Versioned<ModeItem> | undefined, askedAt);
  if (tableKeys.length > 0) await table.learn(others.shift() as Versioned<TableMark> | undefined);
  leaveNewerAlone(conversation, NEW_CONVERSATION.v);
  leaveNewerAlone(record, RECORD_VERSION);
  return { record, conversation };
}

/** A newer deployment wrote it and may have meant more by it than we can read: after a rollback the message waits. */
function leaveNewerAlone(item: Versioned<{ readonly v: number }> | undefined, known: number): void {
  if (item !== undefined && item.value.v > known) throw new RetryError('newer_record', NEWER_VERSION_MS);
}
