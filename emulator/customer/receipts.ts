import type { Core } from '../core.ts';
import { notFound, RefusalError } from '../refusal-error.ts';
import { changeParticipant } from '../resources/change-participant.ts';
import { channelOf } from '../resources/conversation-channel.ts';
import { setStatus } from '../resources/delivery.ts';
import { type Resource, showReceipt } from '../show.ts';
import type { DeliveryStatus } from '../state.ts';
import { actorFor, type ConversationChoice, locate } from './locate.ts';
import { findWriter } from './write-as.ts';

export interface ReadInput extends ConversationChoice {
  /** Who reads; the first participant on a channel, else the first, when absent. */
  readonly author?: string | undefined;
}

/** Somebody reads everything there is: their receipts become `read`; an SDK's read horizon moves. */
export async function readAll(core: Core, input: ReadInput): Promise<void> {
  const { service, conversation } = locate(core, input);
  const participant = findWriter(conversation, input.author);
  if (channelOf(participant) === 'chat') {
    const form = new URLSearchParams({ LastReadMessageIndex: String(conversation.messages.nextOrdinal) });
    return changeParticipant(core, actorFor(core, participant), service, conversation, participant, form);
  }
  for (const message of conversation.messages.items) {
    for (const receipt of message.receipts.items) {
      if (receipt.participant_sid !== participant.sid) continue;
      setStatus(core, { service, conversation, message }, receipt, 'read', 0);
    }
  }
}

export interface ReceiptInput extends ConversationChoice {
  readonly messageSid: string;
  /** All legs when absent. */
  readonly participantSid?: string | undefined;
  readonly status: DeliveryStatus;
  readonly errorCode?: number | undefined;
}

/** Moves the legs of one message by hand, as their carrier would. Only forward. */
export function setReceipts(core: Core, input: ReceiptInput): readonly Resource[] {
  const { service, conversation, place } = locate(core, input);
  const message = conversation.messages.get(input.messageSid);
  if (message === undefined)
    throw notFound(`/Conversations/${conversation.sid}/Messages/${input.messageSid}`);
  const { participantSid, status, errorCode = 0 } = input;
  const receipts = message.receipts.items.filter(
    ({ participant_sid }) => participantSid === undefined || participant_sid === participantSid,
  );
  if (receipts.length === 0)
    throw new RefusalError(20404, `Message ${message.sid} went to nobody on a channel`);
  for (const receipt of receipts) {
    setStatus(core, { service, conversation, message }, receipt, status, errorCode);
  }
  return receipts.map((receipt) => showReceipt(core, place, service, conversation, message, receipt));
}
