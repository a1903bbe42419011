import type { Who } from '../guards/guard.ts';
import type { MemoryChange } from '../rules/memory.ts';

/** What an event means for what is remembered; a part of what is noted of it (noted-event.ts). */
export interface MemoryEvent {
  /** Absent on events that are not messages. */
  readonly index?: number;
  /** Milliseconds since the epoch when the event happened at Twilio. */
  readonly at: number;
  /** Milliseconds since the epoch when it came to its outcome. */
  readonly endedAt?: number;
  readonly who: Who;
  /** Who wrote or joined, to tell customers apart (guards/subject-key.ts). */
  readonly subject?: string;
  readonly replyIndexes: readonly number[];
  /** It was decided anew: as a turn it was noted before. */
  readonly isReplayed?: true;
  readonly isStopWord?: true;
  /** The rule whose question a program asks. */
  readonly asks?: string;
  /** When it gave the conversation back to the bot, in milliseconds since the epoch. */
  readonly givesBackAt?: number;
  /** What its answer changes. */
  readonly change?: MemoryChange;
}

/** What of the rules, as they are by now, noting asks. */
export interface MemoryRules {
  /** 0: a person's message does not keep the bot quiet. */
  readonly quietAfterPersonMs: number;
  /** Whether a rule of this id asks a question. */
  readonly isWaiting: (rule: string) => boolean;
}

/**
 * What keeps the order in which messages are noted from mattering: by Index, since when the parts of a memory are as
 * they are.
 */
export interface MemoryOrder {
  /** Questions up to this Index are closed; absent while one is open. */
  readonly closedTo?: number;
  /** The latest stop word, who wrote it, and the latest of each other customer. */
  readonly stopped?: {
    readonly index: number;
    readonly by?: string;
    readonly before?: Readonly<Record<string, number>>;
  };
  /** The message that last changed a value, by its name; or forgot it. */
  readonly values?: Readonly<Record<string, number>>;
  /** The message that forgot all values. */
  readonly forgotTo?: number;
}
