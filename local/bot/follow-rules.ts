import { dirname, join } from 'node:path';
import type { Handlers } from '../../lib/handlers/define-handlers.ts';
import type { Problem } from '../../lib/rules/compile/problem.ts';
import { RulesError } from '../../lib/rules/compile/rules-error.ts';
import { everyAction } from '../../lib/rules/every-answer.ts';
import type { RuleBook } from '../../lib/rules/types.ts';
import { watchFiles } from '../../talks/watch-files.ts';
import { type LeftByFile, type LoadedModule, loadModule } from './load-module.ts';

export interface FollowOptions {
  /** Where `rules.yaml`, `templates/`, `handlers.ts` and `services.ts` are. */
  readonly folder: string;
  /** How messages name the rules file. */
  readonly shown: string;
  /** Gets every bot that can run, and what is worth knowing of it. */
  readonly onGood: (bot: FollowedBot, notes: readonly Problem[]) => Promise<void>;
  /** Gets everything that is wrong with one that does not, and what is worth knowing beside. */
  readonly onBroken: (problems: readonly Problem[], notes: readonly Problem[]) => void;
  /** The folder around it, where an editor takes the types of handlers from what is generated there of good rules. */
  readonly project?: string;
  /** Gets what goes wrong later of what `handlers.ts` started as it was loaded. */
  readonly left?: LeftByFile;
  /** How often to look whether they have changed. */
  readonly everyMs?: number;
}

/** What the files of a bot make. */
export interface FollowedBot {
  readonly book: RuleBook;
  readonly handlers: Handlers;
}

export interface Followed {
  /** Reads the rules now, whether they have changed or not. */
  read(): Promise<void>;
  /** Takes these for what the rules file holds now, and what is worth knowing of it, and reads the code beside it. */
  take(book: RuleBook, notes: readonly Problem[]): Promise<void>;
  close(): void;
}

const FOLLOWED = ['rules.yaml', 'templates/*.json', '**/!(*.generated).ts'];

/** Reads the rules and their handlers again whenever their file, a template or any code beside it changes. */
export function followRules({
  folder,
  shown,
  onGood,
  onBroken,
  project,
  left,
  everyMs,
}: FollowOptions): Followed {
  let reading = Promise.resolve();

  async function read(): Promise<void> {
    // The compiler brings a YAML parser and an analyser of patterns; most runs never need them.
    const { loadRules } = await import('../../build/load-rules.ts');
    const file = join(folder, 'rules.yaml');
    const compiled = await loadRules(file, shown, 'npm start -- --bot <folder>', 'local');
    const { notes } = compiled;
    if (!compiled.ok) return onBroken(compiled.problems, notes);
    const unwritten =
      project === undefined ? [] : await writeGenerated(project, dirname(shown), compiled.book, notes);
    await take(compiled.book, [...notes, ...unwritten]);
  }

  async function take(book: RuleBook, notes: readonly Problem[]): Promise<void> {
    const handlers = await readHandlers(folder, dirname(shown), book, left);
    if (!handlers.ok) return onBroken(handlers.problems, notes);
    try {
      await onGood({ book, handlers: handlers.value }, notes);
    } catch (error) {
      // A template that the compiler takes and the service does not.
      const whole = [{ file: shown, line: 1, column: 1, message: String(error) }];
      onBroken(error instanceof RulesError ? error.problems : whole, notes);
    }
  }

  const inTurn = (work: () => Promise<void>) => {
    reading = reading.then(work);
    return reading;
  };
  const end = watchFiles(folder, FOLLOWED, () => void inTurn(read), everyMs);
  return { read: () => inTurn(read), take: (book, notes) => inTurn(() => take(book, notes)), close: end };
}

/** The bot runs without them, so it is worth knowing and no more. */
async function writeGenerated(
  project: string,
  shown: string,
  book: RuleBook,
  notes: readonly Problem[],
): Promise<readonly Problem[]> {
  const { writeBook } = await import('../../build/write-rules.ts');
  try {
    await writeBook(project, book, notes);
    return [];
  } catch (error) {
    const message = `It cannot be written, so editors know the rules of the last build. ${String(error)}`;
    return [{ file: join(shown, 'handlers.generated.ts'), line: 1, column: 1, message }];
  }
}

/** A bot that calls none need not have any. */
async function readHandlers(
  folder: string,
  shown: string,
  book: RuleBook,
  left: LeftByFile | undefined,
): Promise<LoadedModule<Handlers>> {
  return callsAny(book) ? loadModule<Handlers>(folder, 'handlers.ts', shown, left) : { ok: true, value: {} };
}

function callsAny(book: RuleBook): boolean {
  return everyAction(book).some(({ kind }) => kind === 'call');
}
