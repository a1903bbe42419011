/**
 * What a conversation remembers between two messages, and what an answer changes of it. Both are stored (in the
 * conversation's item and, until it is noted, in the message's record), so fields are only ever added.
 */
export interface Memory {
  /** When a customer last wrote, in milliseconds since the epoch; a month later nothing else is remembered. */
  readonly customerAt?: number;
  readonly question?: OpenQuestion;
  /** What `remember` put there, at most MAX_REMEMBERED values. */
  readonly values?: Readonly<Record<string, string>>;
  /** When rules with `once` last spoke, by onceKey; the latest MAX_ONCE. */
  readonly once?: Readonly<Record<string, number>>;
  /** The language read of who wrote last, kept a day. */
  readonly language?: ReadLanguage;
}

/** At most one a conversation. */
export interface OpenQuestion {
  /** The rule that asked; it says how long the question is open, so a question of a rule that is gone is closed. */
  readonly rule: string;
  /** Whom it was put to (subjectKey); absent where any customer may answer. */
  readonly to?: string;
  /** Index of the last message that asked: an answer has a greater one. */
  readonly index: number;
  /** When the last thing was said on it, in milliseconds since the epoch. */
  readonly at: number;
  /** How often its `otherwise` has answered since it was asked or, kept, last answered. */
  readonly misses: number;
}

export interface ReadLanguage {
  readonly of: string;
  /** As the attribute says it; empty where nothing says it. */
  readonly language: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export const MAX_REMEMBERED = 16;
export const MAX_REMEMBERED_LENGTH = 256;
export const MAX_ONCE = 32;
export const MEMORY_MS = 30 * 86_400_000;

/** What an answer changes of what is remembered, frozen with its plan and applied once, when it was given. */
export interface MemoryChange {
  /** The values to remember; null: to forget. */
  readonly values?: Readonly<Record<string, string | null>>;
  /** All values are forgotten first. */
  readonly forgetsAll?: true;
  /** What spoke, by onceKey. */
  readonly once?: readonly string[];
  readonly question?: QuestionChange;
  readonly handover?: HandoverChange;
  readonly language?: ReadLanguage;
}

/**
 * `opens`: this rule asks. `closes`, `misses` and `keeps` are about the question that was open when it was decided,
 * and do nothing where another is open by now.
 */
export type QuestionChange =
  | { readonly opens: string; readonly to?: string; readonly misses?: number }
  | { readonly closes: AskedAt }
  | { readonly misses: AskedAt }
  | { readonly keeps: AskedAt };

/** Tells one question from another. */
export type AskedAt = Pick<OpenQuestion, 'rule' | 'index'>;

export interface HandoverChange {
  readonly forMs: number;
  /** Words, as normalizeText and ignoreAccents leave them, by which the customer comes back to the bot. */
  readonly back: readonly string[];
  /** Keywords of the file, as normalizeText leaves them, that would be one of these only without their accents. */
  readonly keywords?: readonly string[];
}
