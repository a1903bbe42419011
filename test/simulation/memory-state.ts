import type { Version } from './world.ts';

/**
 * What a conversation of the profiles `memory` and `leaving` remembers, told again with as little as possible: by what
 * customers saw, in the order in which messages came to their outcome. Where nobody outside can tell what the bot knew,
 * all that is possible is followed, and what it did next says which of it was so.
 */
export interface State {
  readonly question?: { readonly rule: string; readonly index: number; readonly misses: number } | undefined;
  /** Questions up to this Index are closed. */
  readonly closedTo: number;
  /** What `remembered.order` and `remembered.size` are, and the Index of the message that changed them last. */
  readonly order: Value;
  readonly size: Value;
  /** The word that greets in the language that was read. */
  readonly greeting?: string;
  readonly hasSpokenOnce: boolean;
  readonly handover?: { readonly at: number; readonly until: number } | undefined;
  readonly personAt: number;
  readonly givenBackAt: number;
}

export interface Value {
  readonly value?: string | undefined;
  readonly by: number;
}

export const NOTHING: State = {
  closedTo: -1,
  order: { by: -1 },
  size: { by: -1 },
  hasSpokenOnce: false,
  personAt: 0,
  givenBackAt: 0,
};

/** One thing that was noted, and what was seen of how it was decided. */
export type Noted = Customer | Person | Program | Nobody | Bot;

export interface Customer {
  readonly who: 'customer';
  readonly index: number;
  readonly at: number;
  /** When it came to its outcome. */
  readonly endedAt: number;
  readonly body: string;
  readonly seen: Seen;
  /** Its answer was begun before what was noted last: nobody can say what was remembered when it was decided. */
  readonly isFrozen?: boolean;
  /** A person wrote after it, and before it came to its outcome. */
  readonly isOvertaken: boolean;
  /** The words that greet in each of the languages that it may have been read to have. */
  readonly greetings: readonly string[];
}

interface Person {
  readonly who: 'person';
  readonly index: number;
  readonly at: number;
}

interface Program {
  readonly who: 'program';
  readonly index: number;
}

/** It changes nothing by itself. */
interface Bot {
  readonly who: 'bot';
}

/** Something that nobody had to write happened: this gives the conversation back, may do so, or does not. */
export interface Nobody {
  readonly who: 'nobody';
  readonly at: number;
  readonly givesBack: Perhaps;
  /** Only where the bot kept quiet. */
  readonly onlyIfSilent: boolean;
}

export type Seen =
  | {
      readonly said: string;
      readonly version: Version;
      /** What the answer said of values. */
      readonly values: readonly string[];
      readonly index: number;
    }
  | { readonly silent: 'handed_over' | 'person' | 'stop_word' }
  /** Twilio refused the answer for good: nothing of it counts, but what was decided is known. */
  | { readonly refused: true }
  /** It failed, for reasons of its own: nothing of its answer counts. */
  | 'failed';

export interface Book {
  readonly quietMs: number;
  readonly handoverMs: number;
  /** Each version names the rule that asks in its own way. */
  readonly asks: (version: Version) => string;
  /** The version that knows no memory. */
  readonly forgetful?: Version | undefined;
}

export type Perhaps = 'yes' | 'no' | 'unsure';

export const MENU = 'menu';
