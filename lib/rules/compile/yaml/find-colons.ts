import { missingColon } from './missing-colon.ts';
import { missingComma } from './missing-comma.ts';
import { meantFrom, quote, type Slip, writeInQuotes } from './slip.ts';
import { inOneLine, keyBefore, type Token, type Written } from './written.ts';

/** Keys that hold keys of the language, and no text. */
const OF_MAPPINGS: ReadonlySet<string> = new Set(['when', 'then', 'otherwise', 'unless', 'wait', 'handover']);

/** Colons that YAML takes for the end of a key. */
export function* findColons(written: Written): Generator<Slip> {
  const { tokens } = written;
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'plain' || tokens[index + 1]?.kind !== 'map-value-ind') continue;
    const before = tokens[index - 1];
    const isValue = before?.kind === 'map-value-ind' && inOneLine(before, token);
    if (token.line < token.lastLine) yield overLines(written, index, token, isValue);
    else if (isValue) yield inText(written, index, token);
  }
}

function inText(written: Written, index: number, token: Token): Slip {
  const { from, depth } = token;
  const lastWord = /\s([a-z_]+)$/.exec(token.text)?.[1];
  if (depth > 0 && lastWord !== undefined && written.keys.has(lastWord)) {
    const at = token.to - lastWord.length;
    return { from: at, to: token.to, breaks: true, message: missingComma(`"${lastWord}"`, '{') };
  }
  const meant = meantFrom(written, token);
  const key = keyBefore(written, index);
  if (key !== undefined && OF_MAPPINGS.has(key) && written.keys.has(token.text)) {
    const message = `A key and its value in the line of another key need { } around them. Write: ${key}: { ${token.text}: ${inBraces(meant.slice(meant.indexOf(':') + 1).trim())} }`;
    return { from, to: from + meant.length, breaks: true, message };
  }
  const why = meant.includes('{{')
    ? 'A text with {{ }} and a colon needs quotes around it.'
    : 'A colon with a space after it ends a key, so a text that has one needs quotes around it.';
  const message = `${why} Write: ${writeInQuotes(written, index)}`;
  return { from, to: from + meant.length, breaks: true, message };
}

/** A text as it can stand inside { }. */
function inBraces(text: string): string {
  return /^[^\s"'[{]/.test(text) && /[,:#[\]{}]/.test(text) ? quote(text) : text;
}

/** What YAML takes for a key of several lines, because a line ends without being finished. */
function overLines(written: Written, index: number, token: Token, isValue: boolean): Slip {
  const { from, to, text } = token;
  const lines = text.split(/\r?\n/);
  const [first = ''] = lines;
  const last = (lines.at(-1) ?? '').trim();
  const lastFrom = to - last.length;
  const colon = isValue ? undefined : missingColon(first, written);
  if (colon !== undefined) return { from, to, breaks: true, message: colon };
  if (isValue && token.depth > 0 && /^[\w.-]+$/.test(last)) {
    return { from, to, at: lastFrom, breaks: true, message: missingComma(`"${last}"`, '{') };
  }
  if (isValue && written.keys.has(last)) {
    const key = lineStart(written, index);
    const message =
      `"${last}" begins in column ${written.place(lastFrom).column}, in line with nothing above it. ` +
      `Put it in column ${key.column}, beside "${key.text}" in line ${key.line}.`;
    return { from, to, at: lastFrom, breaks: true, message };
  }
  if (isValue) {
    const whole = `${lines.map((line) => line.trim()).join(' ')}${restOfLine(written.text, to)}`;
    const message =
      'A colon with a space after it ends a key, so a text that has one needs quotes around it. ' +
      `Write: ${writeInQuotes(written, index, whole)}`;
    return { from, to, breaks: true, message };
  }
  const message = `"${first}" is neither a key nor a value. Write a colon after a key, and put a text after its key, in quotes.`;
  return { from, to, breaks: true, message };
}

/** The first key of the line in which a value begins. */
function lineStart({ tokens }: Written, index: number): Token {
  const value = tokens[index] as Token;
  return tokens.find(({ line, kind }) => line === value.line && kind !== 'seq-item-ind') ?? value;
}

function restOfLine(text: string, from: number): string {
  return (text.slice(from).split(/\r?\n/, 1)[0] ?? '').trimEnd();
}
