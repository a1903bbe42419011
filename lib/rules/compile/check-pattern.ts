import type { AST } from '@eslint-community/regexpp';
import { MATCHED_LENGTH } from '../../text/cut-text.ts';
import { blamePart, sourceOf } from './pattern/blame-part.ts';
import { boundMatch, boundSearch } from './pattern/bound-steps.ts';
import type { Alternatives } from './pattern/build-automaton.ts';
import { findAttack } from './pattern/find-attack.ts';
import { findFlags, parsePattern, partsOf } from './pattern/parse-pattern.ts';
import { readPattern } from './read-pattern.ts';

/** What a pattern may take to be looked for in a message: some ten milliseconds. */
export const MOST_STEPS = 2_000_000;

const TEXT = { length: MATCHED_LENGTH, limit: MOST_STEPS };
const EXAMPLE_LENGTH = 20;
const GROUP_NAME = /^[A-Za-z][A-Za-z0-9_]*$/;
const ESCAPES =
  ' A backslash may stand before ^$\\.*+?()[]{}|/ and before letters that mean something, such as \\d.';

/**
 * What is wrong with a pattern, or undefined when it may be used. A pattern must be a valid RegExp (flags `iu`) that
 * takes no more than two million steps on any message: anything else lets one hostile message stop the bot.
 */
export function checkPattern(source: string): string | undefined {
  return checkSyntax(source) ?? checkTime(parsePattern(source));
}

/** The same, without the reason. The pattern must be valid. */
export function isQuick(source: string): boolean {
  return boundSearch(partsOf(parsePattern(source)), TEXT) <= MOST_STEPS;
}

function checkSyntax(source: string): string | undefined {
  try {
    new RegExp(source, 'iu');
  } catch (error) {
    const reason = String(error).replace(/^.*\/iu: /s, '');
    return `This is not a regular expression: ${reason}.${reason === 'Invalid escape' ? ESCAPES : ''}`;
  }
  return checkShape(source);
}

/** What is valid, and still not for rules. */
function checkShape(source: string): string | undefined {
  let pattern: AST.Pattern;
  try {
    pattern = parsePattern(source);
  } catch (error) {
    return `This pattern could not be shown to be safe: ${String(error)}. Write it in a simpler way.`;
  }
  const flags = findFlags(pattern);
  if (flags !== undefined) {
    return `Flags inside of a pattern are not allowed: ${flags}. Patterns always have the flags i (any case) and u (Unicode).`;
  }
  const wrong = readPattern(source).all.find((name) => !GROUP_NAME.test(name));
  return wrong === undefined
    ? undefined
    : `The group name "${wrong}" is not allowed. Use letters, digits and underscores, and begin with a letter.`;
}

function checkTime(pattern: AST.Pattern): string | undefined {
  const whole = partsOf(pattern);
  if (boundSearch(whole, TEXT) <= MOST_STEPS) return undefined;
  const stepsOf = remembered((part) => boundMatch(part, TEXT));
  const isSlow = (part: Alternatives) => stepsOf(part) > MOST_STEPS;
  if (isSlow(whole)) {
    const part = blamePart(whole, isSlow, { mayBeginLater: true });
    const isCounted = Number.isFinite(stepsOf(part));
    return isCounted ? describe(part, whole, IN_MANY_WAYS) : TOO_LARGE(sourceOf(part));
  }
  const stepsAnywhere = remembered((part) => boundSearch(part, TEXT));
  const isSlowAnywhere = (part: Alternatives) => stepsAnywhere(part) > MOST_STEPS;
  return describe(blamePart(whole, isSlowAnywhere, { mayBeginLater: false }), whole, EVERYWHERE);
}

/** Each part is counted once, however often it is asked for while the one to blame is looked for. */
function remembered(count: (part: Alternatives) => number): (part: Alternatives) => number {
  const known = new Map<string, number>();
  return (part) => {
    const source = sourceOf(part);
    const steps = known.get(source) ?? count(part);
    known.set(source, steps);
    return steps;
  };
}

const TOO_LARGE = (part: string) =>
  `This pattern could not be shown to be safe: "${part}" has too many parts when its counts are multiplied out. ` +
  'Use smaller counts.';
const IN_MANY_WAYS =
  'The same characters can be shared out in many ways. Let the next character decide where each repetition ends, as ' +
  'in (?:\\d{1,4} ){1,9} instead of (?:\\d{1,4} ?){1,9}, and let no two neighbouring repetitions take the same characters.';
const EVERYWHERE =
  'It is tried anew at each character. Begin with ^ or \\b, or give what repeats an end, as in \\d{1,20} instead of \\d+.';

function describe(part: Alternatives, whole: Alternatives, help: string): string {
  return (
    `This pattern can hang the bot: "${sourceOf(part)}" can take more than ${MOST_STEPS.toLocaleString('en')} steps ` +
    `on a message of ${MATCHED_LENGTH.toLocaleString('en')} characters${exampleFor(whole)}. ${help}`
  );
}

/** How a message begins that takes so long, where it can be shown. */
function exampleFor(whole: Alternatives): string {
  const attack = findAttack(whole, EXAMPLE_LENGTH);
  if (attack === undefined || attack.length < EXAMPLE_LENGTH || /\p{C}/u.test(attack)) return '';
  return `, such as ${JSON.stringify(`${attack}…`)}`;
}
