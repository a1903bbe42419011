import { errorCode } from '../error-code.ts';
import { BotError } from '../errors.ts';
import { eventKey } from '../event/event-key.ts';
import type { ConversationEvent } from '../event/event-types.ts';
import { type CertainPorts, certainEvent } from '../history/certain-event.ts';
import { missedMessages } from '../history/missed-messages.ts';
import type { Key, Versioned } from '../ports.ts';
import { type Envelope, EnvelopeInvalid, openEnvelope } from '../queue/envelope.ts';
import type { Delivery } from '../queue/process-batch.ts';
import { hourOf, markActive } from '../record/active.ts';
import {
  type ConversationState,
  type Happening,
  hasGap,
  NEW_CONVERSATION,
  note,
} from '../record/conversation.ts';
import {
  finish,
  finishedRecord,
  type MessageRecord,
  RECORD_DAYS,
  RECORD_VERSION,
} from '../record/message-record.ts';
import { Retry } from '../retry.ts';
import type { ConversationAddress } from '../twilio/messages.ts';
import { happeningOf } from './happening.ts';
import { type PlanPorts, POISON_RECEIVES, planEvent } from './plan-event.ts';
import { type SendPorts, saveRecord, sendParts } from './send-parts.ts';

export interface AnswerPorts extends SendPorts, PlanPorts, CertainPorts {
  /** Tells whoever watches (the local world's terminal and page) how an event ended; must not throw. */
  readonly onFinished?: ((event: ConversationEvent, record: MessageRecord) => void) | undefined;
}

/** An event on its way to its outcome. */
interface Case {
  readonly event: ConversationEvent;
  /** Milliseconds since the epoch when we learnt of it. */
  readonly receivedAt: number;
  readonly address: ConversationAddress;
  readonly delivery: Delivery;
  readonly conversation: Versioned<ConversationState> | undefined;
  /** Its text must be read from Twilio first. */
  readonly doubtful?: boolean;
}

const NEWER_VERSION_MS = 60_000;

/**
 * @returns the function that brings one queue message to its outcome: claim → decide → plan → send → settle. It
 * resolves when a finished record is stored, however often the same message comes, and throws Retry when the queue
 * should bring it again.
 */
export function createAnswer(ports: AnswerPorts): (delivery: Delivery) => Promise<void> {
  return async (delivery) => {
    const envelope = openOrGiveUp(ports, delivery);
    if (envelope === undefined) return;
    const { event, receivedAt, address, doubtful } = envelope;
    let conversation = await readConversation(ports, address);
    for (const missed of await missedBefore(ports, { event, address, delivery, conversation })) {
      const receivedAt = ports.clock.now();
      await answerCase(ports, { event: missed, receivedAt, address, delivery, conversation });
      conversation = await readConversation(ports, address);
    }
    await answerCase(ports, { event, receivedAt, address, delivery, conversation, doubtful });
  };
}

/**
 * What is no envelope of ours would block its conversation until the queue gives up, and names no record to write.
 * If it stood for a message, the reconciler finds that at Twilio.
 */
function openOrGiveUp({ log }: AnswerPorts, { body, receiveCount }: Delivery): Envelope | undefined {
  try {
    return openEnvelope(body);
  } catch (error) {
    if (!(error instanceof EnvelopeInvalid) || receiveCount < POISON_RECEIVES) throw error;
    log.count('envelope_unreadable');
    log.error('a queue message was given up', { code: error.code });
    return undefined;
  }
}

async function missedBefore(
  ports: AnswerPorts,
  { event, address, delivery, conversation }: Pick<Case, 'event' | 'address' | 'delivery' | 'conversation'>,
): Promise<readonly ConversationEvent[]> {
  if (event.EventType !== 'onMessageAdded') return [];
  const state = conversation?.value;
  if (!hasGap(state ?? NEW_CONVERSATION, event.Index)) return [];
  try {
    return await missedMessages(ports, address, state, event, delivery.receiveCount);
  } catch (error) {
    if (!isPoison(error, delivery)) throw error;
    // Gone, or not for our eyes. What was missed cannot be known; `event` must still come to its outcome.
    ports.log.count('gap_unread', errorCode(error));
    return [];
  }
}

/** It fails however often it is tried, so its conversation must not wait for it any longer. */
function isPoison(error: unknown, { receiveCount }: Delivery): boolean {
  return receiveCount >= POISON_RECEIVES && !(error instanceof BotError && error.retryable);
}

async function answerCase(ports: AnswerPorts, current: Case): Promise<void> {
  const { address, conversation } = current;
  const key = { pk: address.conversationSid, sk: eventKey(current.event) };
  const stored = await ports.store.get<MessageRecord>(key);
  leaveNewerAlone(stored);
  const { event, record } = await bringToOutcome(ports, current, key, stored).catch((error: unknown) =>
    setAside(ports, current, key, error),
  );
  await noteHappening(ports, address, conversation, happeningOf(event, key, record));
  if (stored?.value.finished === undefined) report(ports, event, address, record);
}

/** An event as it was certain in the end, and its finished record, which is saved. */
interface Ended {
  readonly event: ConversationEvent;
  readonly record: MessageRecord;
}

async function bringToOutcome(
  ports: AnswerPorts,
  { event, receivedAt, address, delivery, conversation, doubtful }: Case,
  key: Key,
  stored: Versioned<MessageRecord> | undefined,
): Promise<Ended> {
  const { receiveCount, remainingMs } = delivery;
  const certain = stored === undefined && doubtful ? await certainEvent(ports, address, event) : event;
  const state = conversation?.value ?? NEW_CONVERSATION;
  const record =
    stored?.value ??
    (certain
      ? await planEvent(ports, { event: certain, receivedAt, address, state, receiveCount })
      : finishedRecord(
          { eventType: event.EventType, receivedAt },
          { outcome: 'suppressed', reason: 'gone', at: ports.clock.now() },
        ));
  const ended = { event: certain ?? event, record };
  if (record.finished === undefined) {
    const job = { key, event: ended.event, address, record, version: stored?.version, remainingMs };
    return { ...ended, record: await sendParts(ports, job) };
  }
  if (stored === undefined) await saveRecord(ports, key, record, undefined);
  return ended;
}

/** Quarantines what fails each time, with the reason; what is known of its reply stays in the record. */
async function setAside(
  ports: AnswerPorts,
  { event, receivedAt, delivery }: Case,
  key: Key,
  error: unknown,
): Promise<Ended> {
  if (!isPoison(error, delivery)) throw error;
  const stored = await ports.store.get<MessageRecord>(key);
  if (stored?.value.finished !== undefined) return { event, record: stored.value };
  const finished = { outcome: 'quarantined', reason: errorCode(error), at: ports.clock.now() } as const;
  const record = stored
    ? finish(stored.value, finished)
    : finishedRecord({ eventType: event.EventType, receivedAt }, finished);
  await saveRecord(ports, key, record, stored?.version);
  return { event, record };
}

function conversationKey({ conversationSid }: ConversationAddress) {
  return { pk: conversationSid, sk: 'conversation' };
}

async function readConversation({ store }: AnswerPorts, address: ConversationAddress) {
  const conversation = await store.get<ConversationState>(conversationKey(address));
  leaveNewerAlone(conversation);
  return conversation;
}

/** A newer deployment wrote it and may have meant more by it than we can read: after a rollback the message waits. */
function leaveNewerAlone(item: Versioned<{ readonly v: number }> | undefined): void {
  if (item !== undefined && item.value.v > RECORD_VERSION) throw new Retry('newer_record', NEWER_VERSION_MS);
}

/** Comes after the record and before the queue forgets the message, so a crash in between only notes it again. */
async function noteHappening(
  { store, clock, log }: AnswerPorts,
  address: ConversationAddress,
  stored: Versioned<ConversationState> | undefined,
  happening: Happening,
): Promise<void> {
  const now = clock.now();
  const before = stored?.value ?? NEW_CONVERSATION;
  const { state: noted, muted } = note(before, happening, now);
  const state = { ...noted, activeIn: hourOf(now) };
  if (before.activeIn !== state.activeIn) await markActive(store, address, now);
  const version = (stored?.version ?? 0) + 1;
  const expiresAt = Math.floor(now / 1000) + RECORD_DAYS * 86_400;
  if (!(await store.put(conversationKey(address), { version, expiresAt, value: state }, stored?.version))) {
    throw new Retry('conversation_changed', 0);
  }
  if (!muted) return;
  log.count('loop_muted');
  log.warn('muted: the other side answers like a machine', { ...address });
}

function report(
  { log, clock, onFinished }: AnswerPorts,
  event: ConversationEvent,
  address: ConversationAddress,
  record: MessageRecord,
): void {
  const { outcome, reason } = record.finished ?? { outcome: 'in_flight', reason: undefined };
  log.count(`outcome_${outcome}`, reason);
  log.info('answered', {
    ...address,
    eventType: event.EventType,
    ...('MessageSid' in event ? { messageSid: event.MessageSid } : {}),
    outcome,
    reason,
    rule: record.rule,
    parts: record.parts.length,
    ms: clock.now() - record.receivedAt,
  });
  onFinished?.(event, record);
}
