import type { Core } from '../core.ts';
import type { Resource } from '../show.ts';
import type { Media } from '../state.ts';
import { editOwn, type MessageChoice, type OwnChange, removeOwn } from './edit-own.ts';
import { type JoinInput, join } from './join.ts';
import { leave } from './leave.ts';
import { openMedia } from './open-media.ts';
import { type ReadInput, type ReceiptInput, readAll, setReceipts } from './receipts.ts';
import { type InboundInput, receiveInbound } from './receive-inbound.ts';
import { type StartInput, startConversation } from './start-conversation.ts';
import { type TapInput, tapChoice } from './tap-choice.ts';
import { type WriteInput, writeAs } from './write-as.ts';

/**
 * What people do at the other end: customers on WhatsApp and SMS, customers and agents on chat by SDK. REST has no
 * calls for it. Each fires webhooks exactly as Twilio would, and answers with resources as REST shows them.
 * All throw a RefusalError where Twilio would refuse the SDK or swallow the message.
 */
export interface Customer {
  /** Makes a conversation with one customer on a channel, as a first message or an app would. */
  startConversation(input: StartInput): Promise<{ conversation: Resource; participant: Resource }>;
  /** Someone in a conversation writes. */
  write(input: WriteInput): Promise<Resource>;
  /** A message comes in over a channel; without a conversation for the pair of addresses one is made. */
  receive(input: InboundInput): Promise<Resource>;
  /** The customer taps a quick reply, a list item or a card's button: its title comes back as their message. */
  tap(input: TapInput): Promise<Resource>;
  edit(input: MessageChoice & OwnChange): Promise<Resource>;
  remove(input: MessageChoice): Promise<void>;
  /** Somebody joins by SDK, as an agent does. */
  join(input: JoinInput): Promise<Resource>;
  leave(input: ReadInput): Promise<void>;
  /** Somebody reads everything that is there. */
  read(input: ReadInput): Promise<void>;
  /** The carrier reports on a message's legs: delivered, read, failed with a code. Only forward. */
  setReceipts(input: ReceiptInput): readonly Resource[];
  /** The bytes of a media item, as whoever is in the conversation sees them. */
  openMedia(mediaSid: string): Pick<Media, 'content_type' | 'filename' | 'bytes'> | undefined;
}

export function createCustomer(core: Core): Customer {
  return {
    startConversation: (input) => startConversation(core, input),
    write: (input) => writeAs(core, input),
    receive: (input) => receiveInbound(core, input),
    tap: (input) => tapChoice(core, input),
    edit: (input) => editOwn(core, input),
    remove: (input) => removeOwn(core, input),
    join: (input) => join(core, input),
    openMedia: (mediaSid) => openMedia(core, mediaSid),
    leave: (input) => leave(core, input),
    read: (input) => readAll(core, input),
    setReceipts: (input) => setReceipts(core, input),
  };
}
