import type { Plugin } from 'esbuild';
import { everyAction, everyAnswer } from '../lib/rules/every-answer.ts';
import { CONDITIONS } from '../lib/rules/match/conditions/conditions.ts';
import type { RuleBook, When } from '../lib/rules/types.ts';

/** What only some books need, and what stands for it in the bundles of all others. */
interface Optional {
  readonly file: RegExp;
  readonly instead: string;
  readonly isUsed: (book: RuleBook) => boolean;
}

/** Conditions that every book has, or that are smaller than what it takes to leave them out. */
const ALWAYS: readonly string[] = ['event', 'channel', 'keyword', 'includes', 'pattern'];

const OPTIONAL: readonly Optional[] = [
  ...Object.keys(CONDITIONS)
    .filter((name) => !ALWAYS.includes(name) && name !== 'unless')
    .map((name) => ({
      file: new RegExp(`/lib/rules/match/conditions/${name}\\.ts$`),
      instead: `export const ${name} = undefined, readAnswer = undefined;`,
      isUsed: (book: RuleBook) => askedBy(name).some((asking) => conditionsOf(book).has(asking)),
    })),
  ...['remember', 'forget', 'tag', 'handover'].map((name) => ({
    file: new RegExp(`/lib/rules/actions/${name}\\.ts$`),
    instead: `export const ${name} = undefined;`,
    isUsed: (book: RuleBook) => calls(book) || actionsOf(book).has(name),
  })),
  {
    file: /\/lib\/reply\/settle-calls\.ts$/,
    instead: 'export const settleCalls = undefined;',
    isUsed: calls,
  },
  {
    file: /\/lib\/handlers\/start-handlers\.ts$/,
    instead: 'export const startHandlers = undefined;',
    isUsed: calls,
  },
  {
    file: /\/lib\/handlers\/keep-words-in\.ts$/,
    instead: 'export const keepWordsIn = undefined;',
    isUsed: calls,
  },
  {
    file: /\/lib\/rules\/match\/conditions\/unless\.ts$/,
    instead: 'export const unlessOf = () => undefined;',
    isUsed: (book) => conditionsOf(book).has('unless'),
  },
  {
    // A bot of one language speaks it whatever is remembered.
    file: /\/lib\/rules\/match\/tell-language\.ts$/,
    instead: `export const DEFAULT_LANGUAGES = ['en'], findLanguage = () => undefined,
      tellLanguage = ([language = 'en']) => ({ language });`,
    isUsed: (book) => (book.languages?.length ?? 1) > 1 || calls(book) || actionsOf(book).has('remember'),
  },
  {
    file: /\/lib\/text\/split-text\.ts$/,
    instead: 'export const splitText = (text) => [text];',
    isUsed: (book) =>
      calls(book) || everyAction(book).some((action) => action.kind === 'text' && action.split),
  },
  {
    file: /\/lib\/rules\/hours\/look-up-hours\.ts$/,
    instead: 'export const lookUpHours = () => undefined;',
    isUsed: ({ hours }) => hours !== undefined,
  },
  {
    file: /\/lib\/rules\/hours\/wall-clock\.ts$/,
    instead: 'export const wallClock = undefined;',
    isUsed: ({ hours, timezone }) => hours !== undefined || timezone !== undefined,
  },
];

/** The conditions that need this one's file. */
function askedBy(name: string): readonly string[] {
  return name === 'open' ? ['open', 'closed'] : [name];
}

/** An esbuild plugin: loading code is most of a cold start, so a function carries what its book asks for. */
export function leaveOutUnused(book: RuleBook): Plugin {
  const unused = OPTIONAL.filter(({ isUsed }) => !isUsed(book));
  return {
    name: 'leave-out-unused',
    setup: (build) => {
      for (const { file, instead } of unused) {
        build.onLoad({ filter: file }, () => ({ contents: instead, loader: 'ts' }));
      }
    },
  };
}

function conditionsOf(book: RuleBook): ReadonlySet<string> {
  const whens = everyAnswer(book).map(({ when = {} as Partial<When> }) => when);
  const groups = whens.flatMap(({ unless = [] }) => unless);
  return new Set([...whens, ...groups].flatMap(Object.keys));
}

function actionsOf(book: RuleBook): ReadonlySet<string> {
  return new Set(everyAction(book).map(({ kind }) => kind));
}

/** A handler may return any action. */
function calls(book: RuleBook): boolean {
  return actionsOf(book).has('call');
}
