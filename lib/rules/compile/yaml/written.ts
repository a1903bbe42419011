import { CST, Lexer, LineCounter } from 'yaml';

/** What an author typed, taken apart as far as that goes without understanding it: broken files have tokens too. */
export interface Written {
  readonly text: string;
  /** All but white space. */
  readonly tokens: readonly Token[];
  /** The keys that the language has, to tell a slip from a text. */
  readonly keys: ReadonlySet<string>;
  readonly place: (offset: number) => { readonly line: number; readonly column: number };
}

/** The YAML library's kinds, and four for what it only marks. */
export type Kind = CST.TokenType | 'plain' | 'block-text' | 'junk';

export interface Token {
  readonly kind: Kind;
  readonly text: string;
  /** Offsets in the text; `to` is the first behind it. */
  readonly from: number;
  readonly to: number;
  /** Lines count from 1; `lastLine` is where it ends. */
  readonly line: number;
  readonly lastLine: number;
  readonly column: number;
  /** How many { and [ are open before it. */
  readonly depth: number;
  /** Which of the two was opened last: { or [; nothing outside of both. */
  readonly within: string;
}

const OPENS: readonly Kind[] = ['flow-map-start', 'flow-seq-start'];
const CLOSES: readonly Kind[] = ['flow-map-end', 'flow-seq-end', 'flow-error-end'];
const BLANK: readonly Kind[] = ['space', 'newline', 'scalar', 'doc-mode', 'byte-order-mark'];

/** Takes a text apart with the lexer of https://eemeli.org/yaml/, which never fails. */
export function readWritten(text: string, keys: ReadonlySet<string>): Written {
  const lines = new LineCounter();
  for (const { index } of text.matchAll(/^/gm)) lines.addNewLine(index);
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const tokens: Token[] = [];
  const open: string[] = [];
  let from = 0;
  let marked: 'plain' | 'block-text' | undefined;
  let behindHeader = false;
  for (const source of new Lexer().lex(text)) {
    const found = CST.tokenType(source);
    if (found === 'scalar') {
      marked = behindHeader ? 'block-text' : 'plain';
      behindHeader = false;
      continue;
    }
    const kind: Kind = marked ?? found ?? 'junk';
    marked = undefined;
    if (kind === 'block-scalar-header') behindHeader = true;
    if (CLOSES.includes(kind)) open.pop();
    // Marks of the lexer itself stand nowhere in the text.
    const to = kind === 'doc-mode' || kind === 'flow-error-end' ? from : from + source.length;
    if (!BLANK.includes(kind)) {
      const { line, column } = place(from);
      const [depth, within] = [open.length, open.at(-1) ?? ''];
      tokens.push({ kind, text: source, from, to, line, lastLine: place(to).line, column, depth, within });
    }
    if (OPENS.includes(kind)) open.push(source);
    from = to;
  }
  return { text, tokens, keys, place };
}

/** Whether two tokens stand in one line, the second behind the first. */
export function inOneLine(first: Token | undefined, second: Token | undefined): boolean {
  return first !== undefined && second !== undefined && first.lastLine === second.line;
}

/** The key before a value in its line: `text` for the value of `text: Hello`. */
export function keyBefore({ tokens }: Written, index: number): string | undefined {
  const [key, colon] = [tokens[index - 2], tokens[index - 1]];
  return colon?.kind === 'map-value-ind' && key?.kind === 'plain' && inOneLine(key, colon)
    ? key.text
    : undefined;
}
