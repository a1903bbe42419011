import type {
  CustomerChannel,
  Fault,
  RenderedContent,
  RequestHappening,
  WebhookAnswered,
  WebhookSent,
} from '../../../../emulator/index.ts';
import type { ConversationEvent } from '../../../../lib/event/event-types.ts';
import type { CalledNote, Finished, OtherStep } from '../../../../lib/record/message-record.ts';
import type { Decision } from '../../../../lib/rules/types.ts';
import type { NotedStep, QueueStep } from '../../../bot/bot-step.ts';
import type { Hello, RulesRead, Switches } from '../../page-event.ts';

/** Everything the page knows, made of nothing but the events it was told. */
export interface Model {
  hello: Hello | undefined;
  switches: Switches;
  rules: TimedRules | undefined;
  /** Everything that was is known; what comes now is live. */
  caughtUp: boolean;
  /** World time of the latest event. */
  at: number;
  /** World time minus the machine's, in milliseconds. */
  offset: number;
  /** Errors in the local service itself. */
  defects: string[];
  /** By SID, in the order they began. */
  readonly conversations: Map<string, Conversation>;
  /** What the bot has noted last, by the SID of the conversation, which may be told after it. */
  readonly noted: Map<string, NotedStep['conversation']>;
  /** Webhooks that have not been answered yet, oldest first. */
  readonly unanswered: WebhookStep[];
  /** What was added last: a webhook that a fault swallows belongs to it. */
  newest: Turn | undefined;
  /** What the reconcile function has asked and not been answered yet: method and path. */
  readonly looks: string[];
  /** Why the receive function refused a webhook that it could not read. */
  refusal: string | undefined;
}

/** The rules, with the world's time at which they were read. */
export type TimedRules = RulesRead & { readonly at: number };

export interface Conversation {
  readonly sid: string;
  friendlyName: string | undefined;
  state: string;
  channel: ShownChannel;
  readonly participants: Map<string, Participant>;
  /** Messages, and who came and went, in order. */
  readonly items: Item[];
  readonly messages: Map<string, Message>;
  /** By what was answered: a message, a participant who joined, the conversation that began. */
  readonly turns: Map<string, Turn>;
  /** What the bot has noted of it last. */
  noted: NotedStep['conversation'] | undefined;
  /** What the bot is at. */
  atWork: Turn | undefined;
  /** World time of the last thing said. */
  lastActivity: number;
}

/** `other`: an address of a channel that cannot be written on here. */
export type ShownChannel = CustomerChannel | 'other';

export interface Participant {
  readonly sid: string;
  /** Identity or address: what Twilio calls Author. */
  readonly name: string;
  readonly channel: ShownChannel;
  present: boolean;
}

export type Item =
  | { readonly kind: 'message'; readonly message: Message }
  | {
      readonly kind: 'presence';
      readonly sid: string;
      readonly change: 'joined' | 'left';
      readonly name: string;
      readonly at: number;
    };

export interface Message {
  readonly sid: string;
  readonly conversationSid: string;
  readonly author: string;
  body: string | undefined;
  attributes: string;
  readonly index: number;
  readonly media: readonly MediaItem[];
  readonly contentSid: string | undefined;
  readonly content: RenderedContent | undefined;
  /** SID of what it answers, when the bot wrote it. */
  readonly inReplyTo: string | undefined;
  readonly fromParticipant: boolean;
  readonly at: number;
  readonly receipts: Map<string, Receipt>;
  removed: boolean;
  edited: boolean;
}

export interface MediaItem {
  readonly sid: string;
  readonly content_type: string;
  readonly filename: string | null;
  readonly size: number;
}

export interface Receipt {
  status: string;
  errorCode: number;
  readonly history: { readonly status: string; readonly at: number }[];
}

/** All that came of one event. */
export interface Turn {
  /** SID of the message, the participant or the conversation. */
  readonly subject: string;
  readonly conversationSid: string;
  readonly at: number;
  readonly steps: Step[];
  /** On the queue or in the hands of the bot. */
  working: boolean;
  /** World time when the queue brings it again. */
  dueAt: number | undefined;
  /** Why the bot has just handed it back to the queue, which tells next when it comes again. */
  handedBack: string | undefined;
  decision: Decision | undefined;
  finished: Finished | undefined;
  /** Why it was not answered, in a sentence. */
  why: string | undefined;
}

export type Step =
  | WebhookStep
  | { readonly kind: 'webhook-fault'; readonly at: number; readonly fault: Fault }
  | QueueTurnStep
  | DecisionStep
  | CalledTurnStep
  | { readonly kind: 'request'; readonly at: number; readonly request: RequestHappening }
  | LookedStep
  | { readonly kind: 'reply'; readonly at: number; readonly message: Message }
  | {
      readonly kind: 'finished';
      readonly at: number;
      readonly finished: Finished;
      readonly why: string | undefined;
    }
  | PartStep
  | { readonly kind: 'log'; readonly at: number; readonly line: LogLine };

/** The reconcile function looked for messages whose webhook never came. */
export interface LookedStep {
  readonly kind: 'look';
  readonly at: number;
  /** Each time, the oldest first. */
  readonly requests: RequestHappening[];
}

export interface WebhookStep {
  readonly kind: 'webhook';
  readonly at: number;
  readonly sent: WebhookSent;
  answered: (WebhookAnswered & { readonly at: number }) | undefined;
  /** Whether it went to the bot of this world, which answers 200 only to what is signed. */
  readonly toBot: boolean;
  /** What the receive function made of it. */
  reason: string | undefined;
}

/** A handler was called. */
export interface CalledTurnStep extends CalledNote {
  readonly kind: 'called';
  readonly at: number;
}

export interface DecisionStep {
  readonly kind: 'decision';
  readonly at: number;
  readonly event: ConversationEvent;
  readonly decision: Decision;
}

/** What an answer did that is not a message. */
export interface PartStep {
  readonly kind: 'part';
  readonly at: number;
  readonly does: OtherStep['kind'];
  /** Whom it invited, or what it tagged, where the decision says so. */
  readonly what: string | undefined;
  /** Why Twilio would not do it: an error's code. */
  readonly refused: string | undefined;
}

export interface QueueTurnStep {
  readonly kind: 'queue';
  readonly at: number;
  readonly change: QueueStep['change'];
  readonly receiveCount: number;
  /** When what was queued was handed over for the first time. */
  deliveredAt: number | undefined;
  readonly deduplicationId: string;
  readonly seconds: number | undefined;
  /** Why it was handed back; undefined when it only waits behind another that was. */
  readonly reason: string | undefined;
}

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

export function createModel(): Model {
  return {
    hello: undefined,
    switches: { kind: 'switches', frozen: false, faults: [] },
    rules: undefined,
    caughtUp: false,
    at: 0,
    offset: 0,
    defects: [],
    conversations: new Map(),
    noted: new Map(),
    unanswered: [],
    newest: undefined,
    looks: [],
    refusal: undefined,
  };
}
