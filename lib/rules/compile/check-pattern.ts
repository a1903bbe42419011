import { createRequire } from 'node:module';
import { readPattern } from './read-pattern.ts';

type Recheck = typeof import('recheck');
type Parameters = import('recheck').Parameters;
type Diagnostics = import('recheck').Diagnostics;

/**
 * recheck's own main file would start a native helper or a JVM; its browser build is the same analysis in plain
 * JavaScript, in this process. It weighs 3 MB, so it is loaded when the first pattern is checked.
 */
function loadRecheck(): Recheck {
  return createRequire(import.meta.url)('recheck/lib/browser.js') as Recheck;
}

const GROUP_NAME = /^[A-Za-z][A-Za-z0-9_]*$/;
const ESCAPES =
  ' A backslash may stand before ^$\\.*+?()[]{}|/ and before letters that mean something, such as \\d.';
const MEND =
  'Anchor it with ^, bound its repetitions as in \\d{1,20}, and let no two neighbouring repetitions take the same characters.';

/**
 * Proof by automata where it is possible, else a search for a text that takes more than a million steps. It takes
 * milliseconds; the timeout is by the clock on the wall, so it is far off, or a busy machine would refuse good rules.
 */
const PROOF: Parameters = { timeout: 120_000, attackLimit: 1_000_000 };

/**
 * The search alone, a short one. The proof says "safe" of whatever is bounded, as (?:\w{1,9}\s?){1,9} is: by 9⁹
 * steps. Only exponential finds count: what this search calls polynomial is bounded for certain.
 */
const SEARCH: Parameters = {
  ...PROOF,
  checker: 'fuzz',
  maxInitialGenerationSize: 100,
  maxGenerationSize: 30,
  crossoverSize: 8,
  mutationSize: 15,
  maxIteration: 6,
};

/** A pattern with so few ways to go through it is harmless at each of 4,096 places. */
const FEW_WAYS = 1_000;

/**
 * What is wrong with a pattern, or undefined when it may be used. A pattern must be a valid RegExp (flags `iu`) whose
 * matching time grows in proportion to the message: anything steeper lets one hostile message stop the bot.
 */
export function checkPattern(source: string): string | undefined {
  return checkSyntax(source) ?? checkTime(source);
}

function checkSyntax(source: string): string | undefined {
  try {
    new RegExp(source, 'iu');
  } catch (error) {
    const reason = String(error).replace(/^.*\/iu: /s, '');
    return `This is no regular expression: ${reason}.${reason === 'Invalid escape' ? ESCAPES : ''}`;
  }
  const wrong = readPattern(source).all.find((name) => !GROUP_NAME.test(name));
  return wrong === undefined
    ? undefined
    : `The group name "${wrong}" is not allowed. Use letters, digits and underscores, and begin with a letter.`;
}

function checkTime(source: string): string | undefined {
  const { checkSync } = loadRecheck();
  const proof = describe(checkSync(source, 'iu', PROOF));
  if (proof !== undefined || readPattern(source).ways <= FEW_WAYS) return proof;
  const found = checkSync(source, 'iu', SEARCH);
  return found.status === 'vulnerable' && found.complexity.type === 'polynomial'
    ? undefined
    : describe(found);
}

function describe(result: Diagnostics): string | undefined {
  switch (result.status) {
    case 'safe':
      return undefined;
    case 'vulnerable': {
      const { complexity, attack } = result;
      const grows =
        complexity.type === 'exponential' ? 'exponential' : `polynomial (degree ${complexity.degree})`;
      return (
        `This pattern can hang the bot: its matching time is ${grows} in the length of the message, ` +
        `for example on ${attack.pattern}. ${MEND}`
      );
    }
    case 'unknown':
      return `This pattern could not be shown to be safe (${whyUnknown(result.error)}). ${MEND}`;
  }
}

function whyUnknown(error: import('recheck').Error): string {
  return 'message' in error ? error.message : error.kind;
}
