import { watch } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../lib/rules/compile/problem.ts';
import type { RuleBook } from '../../lib/rules/types.ts';

export interface FollowOptions {
  /** Where `rules.yaml` and `templates/` are. */
  readonly folder: string;
  /** How messages name the rules file. */
  readonly shown: string;
  /** Gets every rules file that compiles, and what is worth knowing of it. */
  readonly onGood: (rules: RuleBook, notes: readonly Problem[]) => Promise<void>;
  /** Gets everything that is wrong with one that does not, and what is worth knowing beside. */
  readonly onBroken: (problems: readonly Problem[], notes: readonly Problem[]) => void;
}

export interface Followed {
  /** Reads the rules now. */
  read(): Promise<void>;
  close(): void;
}

/** Editors write a file in several steps. */
const SETTLE_MS = 50;
const FOLLOWED = /^(rules\.yaml|templates[\\/][^\\/]+\.json)$/;

/** Reads the rules again whenever their file or a template beside it changes. */
export function followRules({ folder, shown, onGood, onBroken }: FollowOptions): Followed {
  let timer: NodeJS.Timeout | undefined;
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
  const watcher = watch(folder, { recursive: true }, (_change, file) => {
    if (file === null || !FOLLOWED.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void readInTurn(), SETTLE_MS);
  });
  return {
    read: readInTurn,
    close: () => {
      clearTimeout(timer);
      watcher.close();
    },
  };
}
