/** When something is open, by the wall clock of the file's time zone. Plain data; it is part of the RuleBook. */
export interface OpeningHours {
  /** The seven days of a week, Monday first. */
  readonly week: readonly (readonly Range[])[];
  /** Dates (`2026-12-24`) with ranges of their own; each replaces its whole day. */
  readonly except?: Readonly<Record<string, readonly Range[]>>;
}

/**
 * Minutes since midnight of the day on which it begins; the start is in, the end is out. An end after 1440 is in the
 * next day, whatever that day says of itself: `22:00-02:00` is [1320, 1560], `00:00-24:00` is [0, 1440].
 */
export type Range = readonly [start: number, end: number];
