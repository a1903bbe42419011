import type { ConversationEvent } from '../event/event-types.ts';
import { showsChannel } from '../event/read-channel.ts';
import { type CertainPorts, certainEvent, vouchedEvent } from '../history/certain-event.ts';
import type { ListMessages } from '../history/find-reply.ts';
import { listOnce } from '../history/list-once.ts';
import type { Versioned } from '../ports.ts';
import type { Envelope } from '../queue/envelope.ts';
import type { Delivery } from '../queue/process-batch.ts';
import { markActive } from '../record/active.ts';
import { hasNoted, NEW_CONVERSATION } from '../record/conversation.ts';
import {
  finishedRecord,
  isBegun,
  isOver,
  letAnswer,
  type MessageRecord,
  messageParts,
  replayRecord,
} from '../record/message-record.ts';
import { notedKey } from '../record/noted-event.ts';
import { RetryError } from '../retry-error.ts';
import type { ConversationAddress } from '../twilio/messages.ts';
import { type AuthorSettings, authorSettings } from './answer-settings.ts';
import { awaitsWebhook, webhookAwaited } from './await-webhook.ts';
import { type Claim, type ClaimPorts, claimEvent } from './claim.ts';
import { failureReason } from './failure-reason.ts';
import type { FindServicePorts } from './find-service.ts';
import { lookLate } from './late-look.ts';
import { createModeSwitch, type ModeSwitch } from './mode-switch.ts';
import { eraseNoted, type NotePorts, noteEvent } from './note-event.ts';
import { openDelivery } from './open-delivery.ts';
import type { Try, TryPorts } from './open-try.ts';
import { type PlanPorts, planEvent } from './plan-event.ts';
import { readGap } from './read-gap.ts';
import { type Known, readKnown } from './read-known.ts';
import { type ReportPorts, report, reportSetAside } from './report.ts';
import { saveRecord } from './save-record.ts';
import { sendParts } from './send-parts.ts';
import type { SendPorts } from './sending.ts';
import { setAside } from './set-aside.ts';
import { settleWait } from './settle.ts';
import { createTableAge, type TableAge, type TableAgePorts } from './table-mark.ts';
import { keyOf, tryEvent } from './try-event.ts';
import { watchTable } from './watch-table.ts';

export interface AnswerPorts
  extends Omit<SendPorts, 'modes'>,
    Omit<PlanPorts, keyof AuthorSettings | 'store'>,
    Omit<CertainPorts, 'read'>,
    Omit<ClaimPorts, 'clock'>,
    Pick<FindServicePorts, 'askService' | 'serviceSids'>,
    Pick<NotePorts, 'muteMs'>,
    Pick<ReportPorts, 'onFinished'>,
    Pick<TableAgePorts, 'tableName'>,
    Pick<TryPorts, 'answersAtAll'> {}

type Ports = AnswerPorts &
  TryPorts &
  AuthorSettings & { readonly modes: ModeSwitch; readonly table: TableAge };

/**
 * @returns the function that brings one queue message to its outcome: claim → decide → plan → send → settle. It
 * resolves when a finished record is stored, however often the same message comes, and throws RetryError when the
 * queue should bring it again.
 */
export function createAnswer(given: AnswerPorts): (delivery: Delivery) => Promise<void> {
  const { store, failedWith } = watchTable(given.store);
  const modes = createModeSwitch({ ...given, store });
  const table = createTableAge({ ...given, store });
  const ports: Ports = {
    ...given,
    ...authorSettings(given.rules),
    store,
    isOfTable: failedWith,
    modes,
    table,
  };
  return async (delivery) => {
    const beganAt = ports.clock.now();
    const opened = await openDelivery(ports, delivery, beganAt);
    if (opened === undefined) return;
    const { envelope, tries } = opened;
    const list = listOnce(ports.list);
    let known = await readKnown(ports, envelope);
    const state = known.conversation?.value;
    const gap = await readGap({ ...ports, list }, envelope, tries, delivery, state);
    const missed = gap?.missed ?? [];
    const byChannel = anyShowsChannel(envelope.doubtful ? missed : [envelope, ...missed]);
    const turn: Turn = { ...delivery, beganAt, list, byChannel };
    for (const { event, isHistory, isPassedOver } of missed) {
      if (isPassedOver) continue;
      const told = { event, receivedAt: ports.clock.now(), doubtful: false, found: true } as const;
      const found: Envelope = { address: envelope.address, ...told };
      known = await readKnown(ports, found);
      const isNew = known.record === undefined && !isHistory;
      if (isNew && awaitsWebhook(ports, event, delivery.sentAt))
        throw webhookAwaited(event, ports.clock.now(), delivery);
      // What stands beside history may be history, and is not accounted for by it.
      const passing: Turn = { ...turn, isPassing: true, isHistory, isGapOpen: isHistory };
      await answerEvent(ports, found, await tryEvent(ports, found, delivery), passing, known);
    }
    if (missed.length > 0) known = await readKnown(ports, envelope);
    const found = gap === undefined ? {} : { found: true as const };
    const isGapOpen = gap?.isOpen === true;
    await answerEvent(ports, { ...envelope, ...found }, tries, { ...turn, isGapOpen }, known);
  };
}

/** A delivery, with the conversation's list, which is asked for once in all of it. */
interface Turn extends Delivery {
  /** In milliseconds since the epoch. */
  readonly beganAt: number;
  readonly list: ListMessages;
  readonly isGapOpen?: boolean;
  /** The event was missed, and is brought to its outcome before the one that was delivered. */
  readonly isPassing?: true;
  /** From before this bot. */
  readonly isHistory?: boolean;
  /** Somebody came by a channel address, as what stands there at Twilio shows, whatever the table remembers. */
  readonly byChannel: boolean;
}

function anyShowsChannel(told: readonly { readonly event: ConversationEvent }[]): boolean {
  return told.some(({ event }) => showsChannel(event));
}

async function answerEvent(
  ports: Ports,
  envelope: Envelope,
  tries: Try,
  delivery: Turn,
  { record: stored, conversation }: Known,
): Promise<void> {
  const { event, receivedAt, address, doubtful } = envelope;
  const key = keyOf(envelope);
  const { replay, answerUntil = stored?.value.answerUntil } = envelope;
  const isFinished = isOver(stored?.value, replay);
  const claimed = (certain: ConversationEvent) =>
    claimEvent(ports, {
      event: certain,
      receivedAt,
      address,
      key,
      delivery,
      tries,
      found: envelope.found === true,
      tableSince: ports.table.since(),
      answerUntil,
      replay,
      list: delivery.list,
      isGapOpen: delivery.isGapOpen === true,
      isPassing: delivery.isPassing === true,
      isHistory: delivery.isHistory === true,
      conversation: {
        ...(conversation?.value ?? NEW_CONVERSATION),
        ...(delivery.byChannel && { byChannel: true as const }),
      },
    });
  let heard = claimed(event);
  /** A webhook may be good for no more than its SIDs, however far the event has come. */
  const ascertain = async (): Promise<Certain> => {
    const certain = await certainEvent(ports, address, event, tries.number, ports.clock.sleep);
    heard = claimed(certain ?? vouchedEvent(event, address));
    return { claim: heard, isThere: certain !== undefined };
  };
  const end = async (reason: string): Promise<Ended> => ({
    claim: heard,
    record: await setAside(ports, heard, reason),
  });
  try {
    if (stored !== undefined && !isFinished) await tries.load();
    if (!tries.isDeadly) await tries.mark();
    const { claim, record } = tries.isDeadly
      ? await end('process_died')
      : await bringToOutcome(ports, heard, stored, doubtful ? ascertain : undefined).catch(async (error) => {
          await keepInSight(ports, address, delivery);
          if (!(await tries.fails(error))) throw error;
          return end(failureReason(error));
        });
    const reported = { ...claim, beganAt: delivery.beganAt };
    await reportSetAside(ports, reported, record);
    const isNew = await noteOrLeave(ports, claim, record, conversation?.version);
    const isReported = record.reported || record.finished?.outcome === 'quarantined';
    if (!isReported && (isNew || !isFinished)) report(ports, reported, record);
    await eraseNoted(ports, claim, record);
  } catch (error) {
    await tries.fails(error);
    throw error;
  }
}

/** The event has its outcome: what is wrong with noting it must not bring it back for ever. */
async function noteOrLeave(
  ports: Ports,
  claim: Claim,
  record: MessageRecord,
  expected: number | undefined,
): Promise<boolean> {
  try {
    return await noteEvent(ports, claim, record, expected);
  } catch (error) {
    if (!(await claim.tries.fails(error))) throw error;
    return true;
  }
}

/** The claim on the event as it was certain in the end, and its finished record, which is saved. */
interface Ended {
  readonly claim: Claim;
  readonly record: MessageRecord;
}

/** The claim on what is certain of an event, and whether what it is about is at Twilio. */
interface Certain {
  readonly claim: Claim;
  readonly isThere: boolean;
}

async function bringToOutcome(
  ports: Ports,
  heard: Claim,
  stored: Versioned<MessageRecord> | undefined,
  ascertain: (() => Promise<Certain>) | undefined,
): Promise<Ended> {
  const { replay, answerUntil } = heard;
  const before = stored?.value;
  const inFlight = before && before.finished === undefined ? letAnswer(before, answerUntil) : undefined;
  const begun = inFlight ?? (isOver(before, replay) ? before : undefined);
  if (before !== undefined && begun === undefined) checkSettled(ports, before);
  // What is looked for and noted goes by its words as well, until it is noted.
  const isNoted =
    begun?.finished !== undefined && hasNoted(heard.conversation, notedKey(heard.key.sk, begun));
  const given: Certain = { claim: heard, isThere: true };
  let unread: unknown;
  const orGiven = (error: unknown): Certain => {
    // Half an answer needs no words to be finished, and is noted once they are read. Whether it begins may go by them.
    const goesOn = inFlight !== undefined && (isBegun(inFlight) || heard.tries.isLast);
    if (!goesOn) throw error;
    unread = error;
    return given;
  };
  const { claim, isThere } = ascertain === undefined || isNoted ? given : await ascertain().catch(orGiven);
  const record = begun ?? (await decideRecord(ports, claim, isThere, before));
  if (record.finished === undefined) {
    const frozen = begun === undefined && record.called !== undefined;
    // What a handler returned is not to be asked for again, whatever keeps it from being sent now.
    const version = frozen ? await saveRecord(ports, claim.key, record, stored?.version) : stored?.version;
    const planned = begun === undefined ? {} : { tooLate: () => lookLate(ports, claim, record) };
    const sent = await sendParts(ports, { ...claim, ...planned }, record, version);
    if (unread !== undefined) throw unread;
    return { claim, record: sent };
  }
  if (begun === undefined) await saveRecord(ports, claim.key, record, stored?.version);
  return { claim, record };
}

/** What is decided of an event now, in the place of what was before; nothing is stored yet. */
async function decideRecord(
  ports: Ports,
  claim: Claim,
  isThere: boolean,
  before: MessageRecord | undefined,
): Promise<MessageRecord> {
  const mode = ports.modes.mode();
  const made = isThere ? await planEvent({ ...ports, mode }, claim, before) : goneRecord(ports, claim);
  const decided = letAnswer(made, claim.answerUntil);
  return claim.replay === undefined ? decided : replayRecord(decided, before, claim.replay);
}

/** What may have been sent of the decision before is for a list to say, once it can no longer come. */
function checkSettled({ clock, settleMs }: Ports, before: MessageRecord): void {
  for (const part of messageParts(before)) {
    const wait = part.state === 'sending' ? settleWait(part, settleMs, clock.now()) : 0;
    if (wait > 0) throw new RetryError('settling', wait);
  }
}

function goneRecord({ clock }: AnswerPorts, { event, receivedAt }: Claim): MessageRecord {
  const finished = { outcome: 'suppressed', reason: 'gone', at: clock.now() } as const;
  return finishedRecord({ eventType: event.EventType, receivedAt }, finished);
}

/**
 * Nothing is noted before it ends. Should the queue lose what fails again, the reconciler knows by this where to look.
 */
async function keepInSight(
  ports: Ports,
  address: ConversationAddress,
  { receiveCount }: Pick<Delivery, 'receiveCount'>,
): Promise<void> {
  if (receiveCount > 1) await markActive(ports, address, ports.clock.now()).catch(() => undefined);
}
