/** A rule that runs, or an item of an `otherwise`, as the page shows it. */
export interface RunningRule {
  readonly id: string;
  /** Where it begins in the file, from 1; absent where that was not found. */
  readonly line?: number;
  /** What it waits for: each condition by its name in the file. Empty: it takes whatever comes. */
  readonly asks: readonly (readonly [name: string, wanted: string])[];
  /** What it does then, in order. */
  readonly does: readonly string[];
  /** Messages that it is meant to take. */
  readonly tries: readonly string[];
  /** The rules whose question has to be open first; absent where none has. */
  readonly after?: readonly string[];
  /** The channels on which it answers; absent where it does not matter. */
  readonly channels?: readonly string[];
}
