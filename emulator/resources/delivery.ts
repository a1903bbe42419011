import { MAX_BODY } from '../../lib/limits.ts';
import { isOnlyForWhatsApp } from '../content/render-content.ts';
import type { Core } from '../core.ts';
import { WHATSAPP_MEDIA_BYTES, WHATSAPP_WINDOW_MS } from '../limits.ts';
import {
  type Conversation,
  type DeliveryStatus,
  type Message,
  type Participant,
  pairKey,
  type Receipt,
  type Service,
} from '../state.ts';
import { systemActor } from '../webhooks/actor.ts';
import { deliveryParams } from '../webhooks/event-params.ts';
import { publishEvent } from '../webhooks/publish-event.ts';
import { channelOf, nonChatParticipants } from './conversation-channel.ts';
import type { MessageDraft } from './message-draft.ts';
import { tellReceipt } from './tell.ts';

/**
 * Sends a message to every participant on a channel except its author, one leg each:
 * ```
 * queued ─sentAfterMs─▶ sent ─deliveredAfterMs─▶ delivered ─readAfterMs, on readChannels─▶ read
 *                          └── or failed / undelivered with an error code
 * ```
 * A receipt is shown from `sent` on. A failing leg never fails the create: Twilio answers 201 and reports it later.
 */
export function sendLegs(
  core: Core,
  service: Service,
  conversation: Conversation,
  message: Message,
  draft: MessageDraft,
): void {
  const recipients = nonChatParticipants(conversation).filter(({ sid }) => sid !== message.participant_sid);
  for (const participant of recipients) {
    const leg = { service, conversation, message, participant };
    const now = core.timeline.now();
    const receipt = message.receipts.add({
      sid: core.newSid('DY'),
      channel_message_sid: core.newSid('SM'),
      participant_sid: participant.sid,
      status: 'queued',
      error_code: 0,
      failure: findFailure(core, participant, message, draft) ?? null,
      date_created: now,
      date_updated: now,
    });
    advance(core, leg, receipt);
  }
}

export interface Leg {
  readonly service: Service;
  readonly conversation: Conversation;
  readonly message: Message;
  readonly participant: Participant;
}

type Failure = NonNullable<Receipt['failure']>;

/** Moves a leg to its next status when its time comes; also takes up legs again after a state was loaded. */
export function advance(core: Core, leg: Leg, receipt: Receipt): void {
  const step = nextStep(core, leg, receipt);
  if (step === undefined) return;
  core.timeline.after(step.wait, () => {
    if (setStatus(core, leg, receipt, step.status, step.errorCode)) advance(core, leg, receipt);
  });
}

interface Step {
  /** Milliseconds. */
  readonly wait: number;
  readonly status: DeliveryStatus;
  readonly errorCode: number;
}

function nextStep(core: Core, leg: Leg, receipt: Receipt): Step | undefined {
  const { sentAfterMs, deliveredAfterMs, readAfterMs, readChannels } = core.settings;
  const { failure } = receipt;
  switch (receipt.status) {
    case 'queued':
      // Twilio itself stops messages to those who opted out: they never reach `sent`.
      if (failure?.errorCode === 21610) return { wait: sentAfterMs, ...failure };
      return { wait: sentAfterMs, status: 'sent', errorCode: 0 };
    case 'sent':
      return { wait: deliveredAfterMs, ...(failure ?? { status: 'delivered', errorCode: 0 }) };
    case 'delivered':
      if (readAfterMs === null || !readChannels.includes(channelOf(leg.participant))) return undefined;
      return { wait: readAfterMs, status: 'read', errorCode: 0 };
    default:
      return undefined;
  }
}

const ORDER: readonly Receipt['status'][] = ['queued', 'sent', 'delivered', 'read'];

/** @returns false when the message is gone, the leg has failed, or it is already that far */
export function setStatus(
  core: Core,
  { service, conversation, message }: Omit<Leg, 'participant'>,
  receipt: Receipt,
  status: DeliveryStatus,
  errorCode: number,
): boolean {
  if (conversation.messages.get(message.sid) !== message) return false;
  const at = ORDER.indexOf(receipt.status);
  const to = ORDER.indexOf(status);
  if (at === -1 || (to !== -1 && to <= at)) return false;
  receipt.status = status;
  receipt.error_code = errorCode;
  receipt.date_updated = core.timeline.now();
  tellReceipt(core, service, conversation, message, receipt);
  publishEvent(core, systemActor, {
    EventType: 'onDeliveryUpdated',
    service,
    conversation,
    params: deliveryParams(service, conversation, message, receipt),
    withoutSource: true,
  });
  return true;
}

/** Why a leg will not arrive, the first reason that applies. */
function findFailure(
  core: Core,
  participant: Participant,
  message: Message,
  draft: MessageDraft,
): Failure | undefined {
  const channel = channelOf(participant);
  const fault = core.faults.strikeLeg(channel);
  if (fault !== undefined) return { errorCode: fault.errorCode, status: fault.status };
  const failed = (errorCode: number): Failure => ({ errorCode, status: 'failed' });
  const { address, proxy_address: proxy } = participant.messaging_binding ?? {};
  if (channel === 'sms' && core.state.optedOut.has(pairKey(address ?? '', proxy ?? ''))) return failed(21610);
  if ((message.body?.length ?? 0) > MAX_BODY) return failed(channel === 'whatsapp' ? 63013 : 21617);
  if (channel === 'whatsapp') return findWhatsAppFailure(core, participant, draft);
  return isOnlyForWhatsApp(draft.content?.rendered.type ?? '') ? failed(63021) : undefined;
}

/** With or without the 24 hours. */
const NEED_APPROVAL: ReadonlySet<string> = new Set([
  'twilio/card',
  'twilio/call-to-action',
  'whatsapp/card',
  'whatsapp/flows',
]);

/** WhatsApp takes only approved templates outside 24 hours after the customer's last message. */
function findWhatsAppFailure(core: Core, participant: Participant, draft: MessageDraft): Failure | undefined {
  const failed = (errorCode: number): Failure => ({ errorCode, status: 'failed' });
  const template = draft.content?.template;
  const type = draft.content?.rendered.type ?? '';
  const approved = template?.approval?.status === 'approved';
  const last = participant.last_inbound;
  const open = last !== null && core.timeline.now() - last < WHATSAPP_WINDOW_MS;
  const sessionOnly = type === 'twilio/list-picker' || type === 'twilio/location';
  if (!open && (!approved || sessionOnly)) return failed(63016);
  if (NEED_APPROVAL.has(type) && !approved && core.settings.unapprovedCards === 'fail') return failed(63016);
  if (draft.media.some(({ bytes }) => bytes.length > WHATSAPP_MEDIA_BYTES)) return failed(63034);
  return undefined;
}
