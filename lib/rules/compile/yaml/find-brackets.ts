import { isClosed } from './find-quotes.ts';
import { meantFrom, quote, type Slip, writeInQuotes } from './slip.ts';
import { TAB } from './tab.ts';
import { inOneLine, keyBefore, type Token, type Written } from './written.ts';

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/** Brackets that do not close, or that YAML takes for its own. */
export function* findBrackets(written: Written): Generator<Slip> {
  const { tokens } = written;
  const open: number[] = [];
  for (const [index, token] of tokens.entries()) {
    const { kind, text } = token;
    const next = tokens[index + 1];
    if (text === '{' && next?.text === '{' && next.from === token.to) {
      yield braces(written, index);
    }
    if (kind === 'flow-map-start' || kind === 'flow-seq-start') {
      yield* inText(written, index);
      open.push(index);
    }
    if (kind === 'flow-error-end') {
      const tab = tabBefore(written, token);
      const all = open.splice(0).toReversed();
      if (tab !== undefined) yield tab;
      else
        for (const [others, start] of all.entries())
          yield* unclosed(written, start, { at: token.from, others });
    }
    if (kind !== 'flow-map-end' && kind !== 'flow-seq-end') continue;
    const start = open.pop();
    const opening = start === undefined ? undefined : tokens[start];
    if (start === undefined || opening === undefined) yield nothingToClose(token);
    else if (CLOSING[opening.text] !== text) {
      yield closedByOther(opening, token);
      const around = tokens[open.at(-1) ?? -1];
      if (around !== undefined && CLOSING[around.text] === text) open.pop();
    } else {
      if (text === '}' && start === index - 2) yield* loneWord(written, start, token);
      if (inOneLine(token, next) && next?.kind === 'plain') yield goesOn(written, start, index);
    }
  }
  for (const start of open) yield* unclosed(written, start);
}

function braces(written: Written, index: number): Slip {
  const before = written.tokens[index - 1];
  const begins = before?.kind === 'plain' && inOneLine(before, written.tokens[index]) ? index - 1 : index;
  const first = written.tokens[begins] as Token;
  return {
    from: first.from,
    to: first.from + meantFrom(written, first).length,
    breaks: true,
    message: `A text with {{ }} needs quotes around it. Write: ${writeInQuotes(written, begins)}`,
  };
}

/** @param end where a line ends the bracket, and as many in it, that is not indented far enough to go on with them */
function* unclosed(
  written: Written,
  start: number,
  end?: { readonly at: number; readonly others: number },
): Generator<Slip> {
  const opening = written.tokens[start];
  if (opening === undefined) return;
  const close = CLOSING[opening.text] ?? '';
  const behind = written.tokens.slice(start + 1);
  // It would have closed the bracket too.
  if (!behind.every(isClosed)) return;
  const comment = behind.findIndex(({ kind, line, depth, text }) => {
    if (kind !== 'comment' || depth <= opening.depth) return false;
    return line === opening.line ? text.includes(close) : text.trimEnd().endsWith(close);
  });
  const hides = behind[comment];
  const { from } = opening;
  const to = from + 1;
  if (hides !== undefined) yield hidden(written, start + comment, hides, opening, close);
  else if (end !== undefined && closesBelow(written.text.slice(end.at), end.others)) {
    yield {
      from,
      to,
      at: firstWord(written.text, end.at).at,
      breaks: true,
      message: tooFarLeft(written, opening, end.at),
    };
  } else {
    const message = `This ${opening.text} is never closed. Put a ${close} where it ends.`;
    yield { from, to, breaks: true, message };
  }
}

const TEXT_OR_COMMENT = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*'|(?<=\s)#.*/g;

/** Whether more brackets from above than these close in these lines, before the next item of a list begins. */
function closesBelow(text: string, others: number): boolean {
  const [lines = ''] = text.split(/^ *- /m, 1);
  let open = 0;
  for (const [bracket] of lines.replace(TEXT_OR_COMMENT, '').matchAll(/[{}[\]]/g)) {
    open += bracket === '{' || bracket === '[' ? 1 : -1;
    if (open < -others) return true;
  }
  return false;
}

function tooFarLeft({ tokens, text }: Written, opening: Token, end: number): string {
  const key = tokens.find(({ line, kind }) => line === opening.line && kind !== 'seq-item-ind') ?? opening;
  const { word } = firstWord(text, end);
  return `"${word}" stands inside the ${opening.text} in line ${opening.line}, and begins too far to the left. Indent it by ${key.column + 1} spaces.`;
}

function firstWord(text: string, from: number): { readonly at: number; readonly word: string } {
  const [, spaces = '', word = ''] = /^(\s*)([^\s:,"'{}[\]]+|\S?)/.exec(text.slice(from)) ?? [];
  return { at: from + spaces.length, word };
}

/** `text: Order #12 }`: the comment takes the bracket with it. */
function hidden(written: Written, last: number, comment: Token, opening: Token, close: string): Slip {
  const before = written.tokens[last];
  const begins = before?.kind === 'plain' ? last : last + 1;
  const first = written.tokens[begins] as Token;
  const key = keyBefore(written, begins);
  const meant = meantFrom(written, first);
  const message =
    `"${comment.text.trimEnd()}" is a comment: # after a space begins one. So the ${opening.text} in column ` +
    `${opening.column} is never closed by ${close}. Put the text in quotes: ${key === undefined ? '' : `${key}: `}${quote(meant)}`;
  return { from: comment.from, to: comment.to, breaks: true, message };
}

function nothingToClose({ from, to, text }: Token): Slip {
  const opening = text === '}' ? '{' : '[';
  const message = `There is no ${opening} that this ${text} closes. Remove it, or put the text that it belongs to in quotes.`;
  return { from, to, breaks: true, message };
}

function closedByOther(opening: Token, { from, to, text }: Token): Slip {
  const close = CLOSING[opening.text] ?? '';
  const message = `Expected ${close} for the ${opening.text} in line ${opening.line}, column ${opening.column}, not ${text}. Put a ${close} before it.`;
  return { from, to, breaks: true, message };
}

function goesOn(written: Written, start: number, end: number): Slip {
  const [opening, close, next, after] = [start, end, end + 1, end + 2].map((index) => written.tokens[index]);
  const { from = 0, text = '' } = opening ?? {};
  const { to = 0, depth = 0 } = close ?? {};
  if (next?.text.startsWith(',')) {
    const message = `There is nothing to go on with after this ${close?.text}. Remove the comma.`;
    return { from: next.from, to: next.to, breaks: true, message };
  }
  if (next !== undefined && after?.kind === 'map-value-ind' && written.keys.has(next.text)) {
    const fix = depth > 0 ? 'A comma is missing' : 'A new line must begin';
    return { from: next.from, to: next.to, breaks: true, message: `${fix} before "${next.text}".` };
  }
  const message = `A text that begins with ${text} needs quotes around it. Write: ${writeInQuotes(written, start)}`;
  return { from, to, breaks: true, message };
}

/** A bracket that opens right after something else: in the middle of a text, or where a comma is missing. */
function* inText(written: Written, index: number): Generator<Slip> {
  const [before, bracket] = [written.tokens[index - 1], written.tokens[index]];
  if (before === undefined || bracket === undefined || bracket.depth === 0) return;
  if (before.kind === 'flow-map-end' || before.kind === 'flow-seq-end') {
    const message = `A comma is missing after this ${before.text}.`;
    yield { from: before.from, to: before.to, breaks: true, message };
  } else if (before.kind === 'plain' && inOneLine(before, bracket)) {
    const to = before.from + meantFrom(written, before).length;
    const message = `Inside { } and [ ] a text with ${bracket.text} needs quotes around it. Write: ${writeInQuotes(written, index - 1)}`;
    yield { from: before.from, to, breaks: true, message };
  }
}

/** `text: {name}` */
function* loneWord(written: Written, start: number, { to }: Token): Generator<Slip> {
  const { from, text } = written.tokens[start] as Token;
  const message = `A text that begins with ${text} needs quotes around it. Write: ${writeInQuotes(written, start)}`;
  yield { from, to, message, explains: (complaint) => complaint.startsWith('This must be text') };
}

/** A line that a tab begins ends every bracket. */
function tabBefore({ text }: Written, { from }: Token): Slip | undefined {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const at = start + text.slice(start, from).search(/\t/);
  return at < start ? undefined : { from: at, to: from, breaks: true, message: TAB };
}
