/** Opening hours as the RuleBook holds them: plain JSON. */
export interface OpeningHours {
  /** Seven days, Monday first. */
  readonly week: readonly (readonly Range[])[];
  /** By date, such as 2026-12-24: each replaces its whole day. */
  readonly except?: Readonly<Record<string, readonly Range[]>>;
}

/** Minutes of the wall clock since midnight; an end beyond 1440 lies in the next day. */
export type Range = readonly [start: number, end: number];
