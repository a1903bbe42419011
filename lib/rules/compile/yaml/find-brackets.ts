import { isClosed } from './find-quotes.ts';
import { meantFrom, quote, type Slip, writeInQuotes } from './slip.ts';
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
    if (kind === 'flow-map-start' || kind === 'flow-seq-start') open.push(index);
    if (kind === 'flow-error-end') yield* unclosed(written, open.pop());
    if (kind !== 'flow-map-end' && kind !== 'flow-seq-end') continue;
    const start = open.pop();
    const opening = start === undefined ? undefined : tokens[start];
    if (start === undefined || opening === undefined) yield nothingToClose(token);
    else if (CLOSING[opening.text] !== text) {
      yield closedByOther(opening, token);
      const around = tokens[open.at(-1) ?? -1];
      if (around !== undefined && CLOSING[around.text] === text) open.pop();
    } else if (inOneLine(token, next) && next?.kind === 'plain') yield goesOn(written, start, token);
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

function* unclosed(written: Written, start: number | undefined): Generator<Slip> {
  const opening = start === undefined ? undefined : written.tokens[start];
  if (start === undefined || opening === undefined) return;
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
  else {
    const message = `This ${opening.text} is never closed. Put a ${close} where it ends.`;
    yield { from, to, breaks: true, message };
  }
}

/** `text: Order #12 }`: the comment takes the bracket with it. */
function hidden(written: Written, last: number, comment: Token, opening: Token, close: string): Slip {
  const before = written.tokens[last];
  const begins = before?.kind === 'plain' ? last : last + 1;
  const first = written.tokens[begins] as Token;
  const key = keyBefore(written, begins);
  const line = meantFrom(written, first);
  const meant = opening.text === '[' ? (line.split(',', 1)[0] ?? line) : line;
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

function goesOn(written: Written, start: number, { to }: Token): Slip {
  const { from, text } = written.tokens[start] as Token;
  const message = `A text that begins with ${text} needs quotes around it. Write: ${writeInQuotes(written, start)}`;
  return { from, to, breaks: true, message };
}
