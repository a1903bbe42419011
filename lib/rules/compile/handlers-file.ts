/** What there is to know of the file in which a bot's handlers stand, without running it. */
export interface HandlersFile {
  readonly file: string;
  readonly handlers: readonly PlacedHandler[];
}

/** Lines and columns count from 1. */
export interface PlacedHandler {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}
