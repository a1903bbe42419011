import type * as z from 'zod/mini';
import { checkShape, type Elsewhere } from './check-shape.ts';
import type { Path } from './locate.ts';
import type { Problem } from './problem.ts';
import type { YamlFile } from './read-yaml.ts';

/** What checking one file has brought to light so far. */
export interface Findings {
  /** The file cannot be used until these are fixed. */
  readonly problems: Problem[];
  /** Worth knowing; the file can be used. */
  readonly notes: Problem[];
}

/** A place in the file that is being checked: what is wrong there is told to it. */
export interface Spot {
  /** A place further down. */
  readonly at: (...steps: Path) => Spot;
  readonly problem: (message: string) => void;
  /** As `problem`, and points at the key instead of the value. */
  readonly keyProblem: (message: string) => void;
  readonly note: (message: string) => void;
  /** What is at this place if it has the right shape; otherwise undefined, and its problems are told. */
  readonly check: <T>(schema: z.ZodMiniType<T>, input: unknown, elsewhere?: Elsewhere) => T | undefined;
  /** How many problems the whole file has so far. */
  readonly problemCount: () => number;
  readonly line: () => number;
}

export function spotAt(page: YamlFile, findings: Findings, path: Path = []): Spot {
  const { problems, notes } = findings;
  return {
    at: (...steps) => spotAt(page, findings, [...path, ...steps]),
    problem: (message) => problems.push(page.at(path, message)),
    keyProblem: (message) => problems.push(page.atKey(path, message)),
    note: (message) => notes.push(page.noteAt(path, message)),
    check: (schema, input, elsewhere) => {
      const { data, faults } = checkShape(schema, input, elsewhere);
      for (const { path: rest, message, atKey } of faults) {
        problems.push((atKey ? page.atKey : page.at)([...path, ...rest], message));
      }
      return data;
    },
    problemCount: () => problems.length,
    line: () => page.noteAt(path, '').line,
  };
}
