import { meantFrom, type Slip, writeInQuotes } from './slip.ts';
import { inOneLine, type Token, type Written } from './written.ts';

const HEADER = /^[|>](?:[-+]?[1-9]?|[1-9][-+])$/;
const RESERVED = /^[@`%,]/;

/** Signs that mean something to YAML where they begin a text. */
export function* findStarts(written: Written): Generator<Slip> {
  const { tokens } = written;
  const names = tokens.flatMap(({ kind, text }) => (kind === 'alias' ? [text.slice(1)] : []));
  const anchors = new Set<string>();
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    const follows = inOneLine(token, next) && next?.kind !== 'comment';
    const goesOn = follows && (next?.kind === 'plain' || next?.kind === 'junk');
    const isValue = tokens[index - 1]?.kind === 'map-value-ind' && inOneLine(tokens[index - 1], token);
    const { kind, text } = token;
    if (kind === 'plain' && text.startsWith('```')) yield fence(token);
    else if (kind === 'plain' && RESERVED.test(text)) yield atStart(written, index, text.slice(0, 1));
    else if (kind === 'plain' && token.depth > 0 && /^[|>]/.test(text)) yield lines(written, index, token);
    if (kind === 'anchor') {
      const name = text.slice(1);
      anchors.add(name);
      if (name === '') yield atStart(written, index, '&');
      else if (goesOn && !names.includes(name)) yield unusedAnchor(written, index, name);
    }
    if (kind === 'alias' && (goesOn || !anchors.has(text.slice(1)))) yield nowhere(written, index, text);
    if (kind === 'tag' && !text.startsWith('!!')) yield tag(written, index, text);
    if (kind === 'block-scalar-header' && (goesOn || !HEADER.test(text))) {
      yield atStart(written, index, text.slice(0, 1));
    }
    if (kind === 'explicit-key-ind' && isValue) yield atStart(written, index, '?');
    if (kind === 'seq-item-ind' && isValue) yield dash(written, index, tokens.slice(index + 1, index + 3));
  }
}

function atStart(written: Written, index: number, sign: string): Slip {
  const token = written.tokens[index] as Token;
  const to = token.from + meantFrom(written, token).length;
  const message = `A text that begins with ${sign} needs quotes around it. Write: ${writeInQuotes(written, index)}`;
  return { from: token.from, to, breaks: true, message };
}

/** Inside { } and [ ], where | and > begin nothing. */
function lines(written: Written, index: number, token: Token): Slip {
  const [first = ''] = token.text.split(/\r?\n/, 1);
  const sign = first.slice(0, 1);
  if (!HEADER.test(first.trimEnd())) return atStart(written, index, sign);
  const message =
    `A text in lines of its own, which ${sign} begins, cannot stand inside { }. ` +
    'Give each key around it a line of its own instead of { }, or put the text in quotes.';
  return { from: token.from, to: token.to, breaks: true, message };
}

function unusedAnchor(written: Written, index: number, name: string): Slip {
  const { note } = { note: true } as const;
  const { message, ...slip } = atStart(written, index, '&');
  return {
    ...slip,
    note,
    message: `"&${name}" is left out: it names what follows, for an alias. ${message}`,
  };
}

function nowhere(written: Written, index: number, text: string): Slip {
  const { message, ...slip } = atStart(written, index, '*');
  const anchor = `&${text.slice(1)}`;
  return { ...slip, message: `"${text}" is an alias, and there is no ${anchor} above it. ${message}` };
}

function tag(written: Written, index: number, text: string): Slip {
  const slip = atStart(written, index, '!');
  return text === '!' ? { ...slip, note: true } : slip;
}

function dash(written: Written, index: number, [word, colon]: readonly (Token | undefined)[]): Slip {
  if (word?.kind !== 'plain' || colon?.kind !== 'map-value-ind' || !written.keys.has(word.text)) {
    return atStart(written, index, '-');
  }
  const { from, to } = written.tokens[index] as Token;
  const message = `A list begins below its key. Put "- ${word.text}:" on a line of its own, indented by two spaces more than the key.`;
  return { from, to, breaks: true, message };
}

function fence({ from, to, text }: Token): Slip {
  const [line = ''] = text.split(/\r?\n/, 1);
  return { from, to, breaks: true, message: `This is not part of the rules. Remove the line ${line}` };
}
