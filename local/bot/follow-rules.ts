import { join } from 'node:path';
import type { Problem } from '../../lib/rules/compile/problem.ts';
import type { RuleBook } from '../../lib/rules/types.ts';
import { watchFiles } from '../../talks/watch-files.ts';

export interface FollowOptions {
  /** Where `rules.yaml` and `templates/` are. */
  readonly folder: string;
  /** How messages name the rules file. */
  readonly shown: string;
  /** Gets every rules file that compiles, and what is worth knowing of it. */
  readonly onGood: (rules: RuleBook, notes: readonly Problem[]) => Promise<void>;
  /** Gets everything that is wrong with one that does not, and what is worth knowing beside. */
  readonly onBroken: (problems: readonly Problem[], notes: readonly Problem[]) => void;
  /** How often to look whether they have changed. */
  readonly everyMs?: number;
}

export interface Followed {
  /** Reads the rules now, whether they have changed or not. */
  read(): Promise<void>;
  close(): void;
}

const FOLLOWED = ['rules.yaml', 'templates/*.json'];

/** Reads the rules again whenever their file or a template beside it changes. */
export function followRules({ folder, shown, onGood, onBroken, everyMs }: FollowOptions): Followed {
  let reading = Promise.resolve();

  async function read(): Promise<void> {
    // The compiler brings a YAML parser and an analyser of patterns; most runs never need them.
    const { loadRules } = await import('../../build/load-rules.ts');
    const compiled = await loadRules(join(folder, 'rules.yaml'), shown);
    const { notes } = compiled;
    if (!compiled.ok) return onBroken(compiled.problems, notes);
    try {
      await onGood(compiled.book, notes);
    } catch (error) {
      // A template that the compiler takes and the service does not.
      onBroken([{ file: shown, line: 1, column: 1, message: String(error) }], notes);
    }
  }

  const readInTurn = () => {
    reading = reading.then(read);
    return reading;
  };
  const end = watchFiles(folder, FOLLOWED, () => void readInTurn(), everyMs);
  return { read: readInTurn, close: end };
}
