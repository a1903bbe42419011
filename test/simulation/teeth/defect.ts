/** Text in a source file that makes it wrong. */
export interface Edit {
  readonly file: string;
  /** Must be there exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** A mistake that somebody might make, and what must notice it. */
export interface Defect {
  readonly name: string;
  readonly edits: readonly Edit[];
  /**
   * `seeds`: the simulation, within `SEED_LIMIT` seeds of its ordinary profile; `seeds of NAME`: of that one; else a
   * test file.
   */
  readonly caughtBy: 'seeds' | `seeds of ${string}` | `test/${string}.test.ts`;
}

/** The profile in whose seeds a defect shows; undefined when a test notices it. */
export function profileOfDefect({ caughtBy }: Pick<Defect, 'caughtBy'>): string | undefined {
  if (caughtBy === 'seeds') return 'ordinary';
  return caughtBy.startsWith('seeds of ') ? caughtBy.slice('seeds of '.length) : undefined;
}

/** A defect that the simulation has not shown by then has escaped. */
export const SEED_LIMIT = 500;

export function defect(
  name: string,
  caughtBy: Defect['caughtBy'],
  ...edits: readonly (readonly [file: string, find: string, replace: string])[]
): Defect {
  return { name, caughtBy, edits: edits.map(([file, find, replace]) => ({ file, find, replace })) };
}
