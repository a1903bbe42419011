import { missingComma } from './missing-comma.ts';
import { meantFrom, quote, type Slip, writeInQuotes } from './slip.ts';
import { inOneLine, keyBefore, type Token, type Written } from './written.ts';

const CLOSED = /^(?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*')$/;
/** What a backslash in double quotes may stand before: https://yaml.org/spec/1.2.2/#57-escaped-characters */
const BAD_ESCAPE = /\\([^0abt\tnvfre "/\\N_LPxuU\r\n])/;
/** Keys under which two texts side by side are most likely two items. */
const LISTED: readonly (string | undefined)[] = ['keyword', 'near', 'includes', 'pattern', 'back', 'words'];
const MAY_FOLLOW: readonly string[] = [
  'map-value-ind',
  'comma',
  'flow-map-end',
  'flow-seq-end',
  'flow-error-end',
];

/** Whether a quote that is opened is closed anywhere. */
export function isClosed(token: Token): boolean {
  return !isQuoted(token) || CLOSED.test(token.text);
}

function isQuoted({ kind }: Token): boolean {
  return kind === 'double-quoted-scalar' || kind === 'single-quoted-scalar';
}

/** Quotes that do not end where their author believes. */
export function* findQuotes(written: Written): Generator<Slip> {
  const { tokens } = written;
  for (const [index, token] of tokens.entries()) {
    if (!isQuoted(token)) continue;
    const next = tokens[index + 1];
    const follows = next !== undefined && inOneLine(token, next) && !MAY_FOLLOW.includes(next.kind);
    const goesOn = follows && (next.kind !== 'comment' || next.from === token.to);
    if (!CLOSED.test(token.text) || (goesOn && token.line < token.lastLine)) yield neverClosed(token);
    else if (goesOn) yield endsEarly(written, index, token, next);
    const [sequence, character = ''] =
      (token.kind === 'double-quoted-scalar' && BAD_ESCAPE.exec(token.text)) || [];
    if (sequence !== undefined && CLOSED.test(token.text)) yield badEscape(token, character);
  }
}

function neverClosed({ from, to, text }: Token): Slip {
  const sign = text.slice(0, 1);
  const message = `The quote that is opened here is never closed. Put a ${sign} where the text ends.`;
  return { from, to, breaks: true, message };
}

function endsEarly(written: Written, index: number, token: Token, next: Token): Slip {
  const { from, text } = token;
  const after = written.tokens[index + 2];
  if (next.kind === 'plain' && after?.kind === 'map-value-ind' && written.keys.has(next.text)) {
    return { from: next.from, to: next.to, breaks: true, message: missingComma(`"${next.text}"`, '{') };
  }
  const key = keyBefore(written, index);
  if (
    isQuoted(next) &&
    isClosed(next) &&
    next.from > token.to &&
    (token.within === '[' || LISTED.includes(key))
  ) {
    const message =
      token.within === '['
        ? missingComma(next.text, '[')
        : `Several texts are a list. Write: ${key}: [${text}, ${next.text}]`;
    return { from, to: next.to, at: next.from, breaks: true, message };
  }
  const apostrophe = text.startsWith("'") && next.from === from + text.length && next.kind === 'plain';
  const fix = writeInQuotes(written, index, insideOf(meantFrom(written, token), apostrophe));
  const why = apostrophe
    ? 'An apostrophe ends a text in single quotes.'
    : 'A text cannot go on after its closing quote.';
  return { from, to: next.to, breaks: true, message: `${why} Write: ${fix}` };
}

/** Without the quotes around it, where its author put some, or put one and forgot the other. */
function insideOf(meant: string, apostrophe: boolean): string {
  if (apostrophe && meant.split("'").length === 3 && !meant.endsWith("'")) return meant.slice(1);
  const around = meant.length > 2 && meant.at(0) === meant.at(-1);
  const several = meant.split(meant.slice(0, 1)).length > 4;
  return around && (apostrophe || several) ? meant.slice(1, -1) : meant;
}

function badEscape({ from, text }: Token, character: string): Slip {
  const at = from + text.search(BAD_ESCAPE);
  const inside = text.slice(1, -1);
  return {
    from: at,
    to: at + 2,
    breaks: true,
    message:
      `In double quotes a backslash begins an escape such as \\n, and \\${character} is not one. ` +
      `In single quotes it stands for itself: ${quote(inside)}`,
  };
}
