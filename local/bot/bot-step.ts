import type { ConversationEvent } from '../../lib/event/event-types.ts';
import type { Received } from '../../lib/receive/received.ts';
import type { ConversationRecord } from '../../lib/record/conversation.ts';
import type { CalledNote, MessageRecord } from '../../lib/record/message-record.ts';
import type { Decision } from '../../lib/rules/types.ts';

/** What the bot makes of an event, as it happens. */
export type BotStep =
  | ReceivedStep
  | { readonly kind: 'decision'; readonly event: ConversationEvent; readonly decision: Decision }
  | CalledStep
  | {
      readonly kind: 'finished';
      readonly event: ConversationEvent;
      readonly record: MessageRecord;
      /** Why it was not answered, in a sentence; absent where it was, or where an error's code says it. */
      readonly why: string | undefined;
    }
  | QueueStep
  | HandedBackStep
  | NotedStep
  | LookStep
  | { readonly kind: 'log'; readonly line: string };

/** What the receive function made of a webhook, told before the webhook is answered. */
export interface ReceivedStep extends Received {
  readonly kind: 'received';
}

/** A handler was called: how that ended, and nothing of what it was given or returned. */
export interface CalledStep extends CalledNote {
  readonly kind: 'called';
  readonly event: ConversationEvent;
}

/** The reply function could not finish with an event yet; the queue tells next when it comes again. */
export interface HandedBackStep {
  readonly kind: 'handed-back';
  readonly event: ConversationEvent;
  readonly reason: string;
  /** 1 the first time. */
  readonly attempt: number;
}

/** What is known of a conversation, whenever an event of it has been noted. */
export interface NotedStep {
  readonly kind: 'noted';
  readonly conversationSid: string;
  readonly conversation: Partial<
    Pick<ConversationRecord, 'handover' | 'givenBackAt' | 'personAt' | 'memory' | 'mutedUntil'>
  >;
}

/** The reconcile function is about to ask Twilio this, looking for messages whose webhook never came. */
export interface LookStep {
  readonly kind: 'look';
  readonly method: string;
  /** Path and query. */
  readonly path: string;
}

/** What becomes of an event on the queue. */
export interface QueueStep {
  readonly kind: 'queue';
  readonly change: QueueChange;
  readonly event: ConversationEvent;
  /** What tells the queue that it has seen the event before. */
  readonly deduplicationId: string;
  /** 1 the first time; 0 before. */
  readonly receiveCount: number;
  /** How long a postponed message stays away. */
  readonly seconds?: number;
}

export type QueueChange =
  /** It waits. */
  | 'queued'
  /** The queue has had it within the last five minutes. */
  | 'repeated'
  /** The reply function has it. */
  | 'received'
  /** Handed back, to come again after `seconds`. */
  | 'postponed'
  /** Done with. */
  | 'deleted';
