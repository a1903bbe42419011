import { createRequire } from 'node:module';
import { readGroups } from './read-groups.ts';

type Recheck = typeof import('recheck');

/**
 * recheck's own main file would start a native helper or a JVM; its browser build is the same analysis in plain
 * JavaScript, in this process. It weighs 3 MB, so it is loaded when the first pattern is checked.
 */
function loadRecheck(): Recheck {
  return createRequire(import.meta.url)('recheck/lib/browser.js') as Recheck;
}

/** Milliseconds one pattern may be analysed. Ordinary ones take a few. */
const TIME_LIMIT = 10_000;
const GROUP_NAME = /^[A-Za-z][A-Za-z0-9_]*$/;

const ESCAPES =
  ' A backslash may stand before ^$\\.*+?()[]{}|/ and before letters that mean something, such as \\d.';

const MEND =
  'Anchor it with ^, bound its repetitions as in \\d{1,20}, and let no two neighbouring repetitions take the same characters.';

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
    const mend = reason === 'Invalid escape' ? ESCAPES : '';
    return `This is no regular expression: ${reason}.${mend}`;
  }
  const wrong = readGroups(source).all.find((name) => !GROUP_NAME.test(name));
  return wrong === undefined
    ? undefined
    : `The group name "${wrong}" is not allowed. Use letters, digits and underscores, and begin with a letter.`;
}

function checkTime(source: string): string | undefined {
  const result = loadRecheck().checkSync(source, 'iu', { timeout: TIME_LIMIT });
  switch (result.status) {
    case 'safe':
      return undefined;
    case 'vulnerable':
      return (
        `This pattern can hang the bot: its matching time is ${result.complexity.summary} in the length of the ` +
        `message, for example on ${result.attack.pattern}. ${MEND}`
      );
    case 'unknown':
      return `This pattern could not be shown to be safe (${whyUnknown(result.error)}). ${MEND}`;
  }
}

function whyUnknown(error: import('recheck').Error): string {
  return 'message' in error ? error.message : error.kind;
}
