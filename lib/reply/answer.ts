import { errorCode } from '../error-code.ts';
import { BotError } from '../errors.ts';
import { eventKey } from '../event/event-key.ts';
import type { ConversationEvent } from '../event/event-types.ts';
import { type CertainPorts, certainEvent } from '../history/certain-event.ts';
import { missedMessages } from '../history/missed-messages.ts';
import type { Versioned } from '../ports.ts';
import { type Envelope, type OpenedEnvelope, openEnvelope } from '../queue/envelope.ts';
import { EnvelopeInvalidError } from '../queue/envelope-errors.ts';
import type { Delivery } from '../queue/process-batch.ts';
import { hourOf, markActive, quarterOf } from '../record/active.ts';
import { type ConversationRecord, hasGap, NEW_CONVERSATION, note } from '../record/conversation.ts';
import { conversationKey, recordKey, saveNext } from '../record/keys.ts';
import { finish, finishedRecord, type MessageRecord, RECORD_VERSION } from '../record/message-record.ts';
import { notedEvent } from '../record/noted-event.ts';
import { RetryError } from '../retry-error.ts';
import type { ConversationAddress } from '../twilio/messages.ts';
import { type Author, type Claim, type ClaimPorts, claimEvent } from './claim.ts';
import { type FindServicePorts, withService } from './find-service.ts';
import { type PlanPorts, POISON_RECEIVES, planEvent } from './plan-event.ts';
import { type SendPorts, saveRecord, sendParts } from './send-parts.ts';

export interface AnswerPorts
  extends SendPorts,
    PlanPorts,
    CertainPorts,
    Omit<ClaimPorts, 'clock'>,
    Pick<FindServicePorts, 'askService' | 'serviceSids'> {
  /** How long the first mute of a conversation lasts, the second, and so on, in milliseconds. */
  readonly muteMs: readonly number[];
  /** Tells whoever watches (the local world's terminal and page) how an event ended; must not throw. */
  readonly onFinished?: ((event: ConversationEvent, record: MessageRecord) => void) | undefined;
}

const NEWER_VERSION_MS = 60_000;

/**
 * @returns the function that brings one queue message to its outcome: claim → decide → plan → send → settle. It
 * resolves when a finished record is stored, however often the same message comes, and throws RetryError when the
 * queue should bring it again.
 */
export function createAnswer(ports: AnswerPorts): (delivery: Delivery) => Promise<void> {
  return async (delivery) => {
    const opened = openOrGiveUp(ports, delivery);
    const envelope = opened && (await withService(ports, opened, delivery.receiveCount));
    if (envelope === undefined) return;
    let conversation = await readConversation(ports, envelope.address);
    for (const event of await missedBefore(ports, envelope, delivery, conversation)) {
      const missed = { ...envelope, event, receivedAt: ports.clock.now(), doubtful: false };
      await answerEvent(ports, missed, delivery, conversation);
      conversation = await readConversation(ports, envelope.address);
    }
    await answerEvent(ports, envelope, delivery, conversation);
  };
}

type StoredConversation = Versioned<ConversationRecord> | undefined;

/**
 * What is not an envelope of ours would block its conversation until the queue gives up, and names no record to write.
 * If it stood for a message, the reconciler finds that at Twilio.
 */
function openOrGiveUp({ log }: AnswerPorts, { body, receiveCount }: Delivery): OpenedEnvelope | undefined {
  try {
    return openEnvelope(body);
  } catch (error) {
    if (!(error instanceof EnvelopeInvalidError) || receiveCount < POISON_RECEIVES) throw error;
    log.count('envelope_unreadable');
    log.error('a queue message was given up', { code: error.code });
    return undefined;
  }
}

async function missedBefore(
  ports: AnswerPorts,
  { event, address }: Envelope,
  delivery: Delivery,
  conversation: StoredConversation,
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
function isPoison(error: unknown, { receiveCount }: Pick<Delivery, 'receiveCount'>): boolean {
  return receiveCount >= POISON_RECEIVES && !(error instanceof BotError && error.retryable);
}

async function answerEvent(
  ports: AnswerPorts,
  { event, receivedAt, address, doubtful }: Envelope,
  delivery: Delivery,
  conversation: StoredConversation,
): Promise<void> {
  const key = recordKey(address.conversationSid, eventKey(event));
  const stored = await ports.store.get<MessageRecord>(key);
  leaveNewerAlone(stored);
  const claimed = (certain: ConversationEvent) =>
    claimEvent(ports, {
      event: certain,
      receivedAt,
      address,
      key,
      delivery,
      conversation: conversation?.value ?? NEW_CONVERSATION,
    });
  const { claim, record } = await bringToOutcome(ports, claimed(event), stored, doubtful, claimed).catch(
    async (error: unknown) => {
      await keepInSight(ports, address, delivery);
      const claim = claimed(event);
      return { claim, record: await setAside(ports, claim, error) };
    },
  );
  await noteEvent(ports, claim, record, conversation?.version);
  if (stored?.value.finished === undefined) report(ports, claim, record);
}

/** The claim on the event as it was certain in the end, and its finished record, which is saved. */
interface Ended {
  readonly claim: Claim;
  readonly record: MessageRecord;
}

async function bringToOutcome(
  ports: AnswerPorts,
  heard: Claim,
  stored: Versioned<MessageRecord> | undefined,
  doubtful: boolean,
  claimed: (event: ConversationEvent) => Claim,
): Promise<Ended> {
  const { event, address, delivery } = heard;
  const isAsked = stored === undefined && doubtful;
  const certain = isAsked ? await certainEvent(ports, address, event, delivery.receiveCount) : event;
  const claim = certain === undefined || certain === event ? heard : claimed(certain);
  const record = stored?.value ?? (certain ? await planEvent(ports, claim) : goneRecord(ports, claim));
  if (record.finished === undefined) {
    return { claim, record: await sendParts(ports, claim, record, stored?.version) };
  }
  if (stored === undefined) await saveRecord(ports, claim.key, record, undefined);
  return { claim, record };
}

function goneRecord({ clock }: AnswerPorts, { event, receivedAt }: Claim): MessageRecord {
  const finished = { outcome: 'suppressed', reason: 'gone', at: clock.now() } as const;
  return finishedRecord({ eventType: event.EventType, receivedAt }, finished);
}

/** Quarantines what fails each time, with the reason; what is known of its reply stays in the record. */
async function setAside(
  ports: AnswerPorts,
  { event, receivedAt, key, delivery }: Claim,
  error: unknown,
): Promise<MessageRecord> {
  if (!isPoison(error, delivery)) throw error;
  const stored = await ports.store.get<MessageRecord>(key);
  if (stored?.value.finished !== undefined) return stored.value;
  const finished = { outcome: 'quarantined', reason: errorCode(error), at: ports.clock.now() } as const;
  const record = stored
    ? finish(stored.value, finished)
    : finishedRecord({ eventType: event.EventType, receivedAt }, finished);
  await saveRecord(ports, key, record, stored?.version);
  return record;
}

/**
 * Nothing is noted before it ends. Should the queue lose what fails again, the reconciler knows by this where to look.
 */
async function keepInSight(
  ports: AnswerPorts,
  address: ConversationAddress,
  { receiveCount }: Pick<Delivery, 'receiveCount'>,
): Promise<void> {
  if (receiveCount > 1) await markActive(ports, address, ports.clock.now()).catch(() => undefined);
}

async function readConversation({ store }: AnswerPorts, address: ConversationAddress) {
  const conversation = await store.get<ConversationRecord>(conversationKey(address.conversationSid));
  leaveNewerAlone(conversation);
  return conversation;
}

/** A newer deployment wrote it and may have meant more by it than we can read: after a rollback the message waits. */
function leaveNewerAlone(item: Versioned<{ readonly v: number }> | undefined): void {
  if (item !== undefined && item.value.v > RECORD_VERSION)
    throw new RetryError('newer_record', NEWER_VERSION_MS);
}

/** Comes after the record and before the queue forgets the message, so a crash in between only notes it again. */
async function noteEvent(
  ports: AnswerPorts,
  claim: Claim,
  record: MessageRecord,
  expected: number | undefined,
): Promise<void> {
  const { event, address, key, conversation: before, delivery } = claim;
  const now = ports.clock.now();
  const author = await claim.author().catch((error: unknown): Author => {
    // Its record has an outcome by now; a role that cannot be read must not bring it back for ever.
    if (!isPoison(error, delivery)) throw error;
    return { who: 'customer' };
  });
  const noted = notedEvent(event, key.sk, record, before, author);
  const { state, muted } = note(before, noted, now, ports.muteMs);
  const value = { ...state, activeIn: hourOf(now), activeAt: now };
  if (quarterOf(before.activeAt ?? 0) !== quarterOf(now)) await markActive(ports, address, now);
  const item = { key: conversationKey(address.conversationSid), value, lifetime: 'conversation' } as const;
  if ((await saveNext(ports, item, expected, now)) === undefined)
    throw new RetryError('conversation_changed', 0);
  if (!muted) return;
  ports.log.count('loop_muted');
  ports.log.warn('muted: the other side answers like a machine', { ...address });
}

function report(
  { log, clock, onFinished }: AnswerPorts,
  { event, address }: Claim,
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
