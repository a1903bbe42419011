import type { ConversationEvent } from '../event/event-types.ts';
import type { OptOut } from './stop-words.ts';

/** A reason not to answer that comes before any rule. */
export interface Guard {
  /** Stored, logged and counted: never changed. */
  readonly reason: string;
  /** For people: the page, the docs, `npm run say`. */
  readonly says: string;
  /** Whether it keeps this event from being answered. */
  readonly stops: (asked: Asked) => boolean | Promise<boolean>;
}

/** All that guards may ask about an event. */
export interface Asked extends GuardSettings {
  readonly event: ConversationEvent;
  /** When it happened at Twilio, in milliseconds since the epoch. */
  readonly at: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Until when an operator lets it be answered, however old it is; in milliseconds since the epoch. */
  readonly answerUntil?: number | undefined;
  /** An operator has it decided anew. */
  readonly isReplayed?: boolean;
  readonly conversation: Restraint & LastAsked;
  /** Who wrote, joined or began; may ask Twilio, once. */
  readonly who: () => Promise<Who>;
  /** Whether a question of the bot's is open to whoever wrote. */
  readonly isAsked: () => boolean;
}

/**
 * Who an event is about. A *customer* is answered. A *person* (somebody of yours, who takes over) silences the bot. A
 * *program* (reminders, surveys, a CRM) is neither.
 */
export type Who = 'customer' | 'person' | 'program' | 'bot' | 'system';

/** `dry-run` decides and sends nothing; `off` does not even decide. */
export type Mode = 'live' | 'dry-run' | 'off';

/** What operators and authors have decided. */
export interface GuardSettings {
  readonly botAuthor: string;
  readonly mode: Mode;
  /** Milliseconds after which a message is too old to be answered. */
  readonly maxAgeMs: number;
  readonly budget: Budget;
  readonly optOut: OptOut;
  /** Milliseconds that the bot keeps quiet after a person has written; 0: it does not. */
  readonly quietAfterPersonMs: number;
}

/** How many replies the bot may give in one conversation. */
export interface Budget {
  readonly perMinute: number;
  /** Answers to taps on what the bot offered, which have a minute's budget of their own. */
  readonly tapsPerMinute: number;
  readonly perHour: number;
  readonly perDay: number;
}

/** What guards need to know of a conversation (record/conversation.ts keeps it). Times in milliseconds since the epoch. */
export interface Restraint {
  readonly mutedUntil: number;
  /** The customers' latest text (a hash, not the words), how often it came in a row, when it last came, and whose it was. */
  readonly repeated: {
    readonly hash: string;
    readonly count: number;
    readonly at?: number;
    readonly by?: string;
  };
  /** How often the bot has spoken lately. */
  readonly spoken?: Spoken;
  /** When a person last wrote. */
  readonly personAt?: number;
  /** The latest handover to a person. */
  readonly handover?: Handover;
  /** When the bot was last given the conversation back: what handed over before, or was written by a person, is over. */
  readonly givenBackAt?: number;
  /** Hashes of the titles that the bot's last answer offers to tap. */
  readonly offered?: readonly string[];
}

/** Of what is remembered: the rule whose question came last. */
export interface LastAsked {
  readonly memory?: { readonly question?: { readonly rule: string } };
}

/** A person answers instead of the bot. Times in milliseconds since the epoch. */
export interface Handover {
  /** When the customer wrote what handed over; where that was decided anew, when it was answered. */
  readonly at: number;
  /** A person's message puts it off. */
  readonly until: number;
  /** Words, as normalizeText and ignoreAccents leave them, by which the customer comes back to the bot. */
  readonly back: readonly string[];
  /** Keywords of the file, as normalizeText leaves them, that would be one of these only without their accents. */
  readonly keywords?: readonly string[];
}

/** Replies by the number of the stretch of time they fell into (budget.ts), oldest first. */
export type Counts = readonly (readonly [stretch: number, replies: number])[];

export interface Spoken {
  /** Answers to taps count here instead of under `minute`. */
  readonly taps: Counts;
  readonly minute: Counts;
  readonly hour: Counts;
  readonly day: Counts;
}
