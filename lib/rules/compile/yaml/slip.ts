import { keyBefore, type Token, type Written } from './written.ts';

/** A place where YAML takes what was typed for something else than its author meant. */
export interface Slip {
  /** The part of the text that it spoils: complaints about anything in it are answered with `message` instead. */
  readonly from: number;
  readonly to: number;
  readonly message: string;
  /** Where it is best shown. @default from */
  readonly at?: number;
  /** It can be why the file is not YAML. */
  readonly breaks?: true;
  /** Worth saying where nothing complains: the file can be used, and may not say what its author meant. */
  readonly note?: true;
  /** Which complaints it explains; all where absent. */
  readonly explains?: (complaint: string) => boolean;
}

/** A text as it can stand in any place of a file. */
export function quote(text: string): string {
  const single = `'${text.replaceAll("'", "''")}'`;
  return text.includes("'") && !/["\\]/.test(text) ? `"${text}"` : single;
}

/** Longer ones are cut in messages. */
const SHOWN = 80;

/** What the author most likely means as one text: from this token to the end of its line, or of the { } around it. */
export function meantFrom({ text, keys }: Written, { from, depth, kind, within }: Token): string {
  const [line = ''] = text.slice(from).split(/\r?\n/, 1);
  if (within === '[') return closeless(line.split(',', 1)[0] ?? line, depth);
  const next = [...line.matchAll(/,\s*([a-z_]+):(?=\s)/g)].find(([, key = '']) => keys.has(key));
  const meant = closeless(depth > 0 && next !== undefined ? line.slice(0, next.index) : line, depth);
  return kind === 'plain' && depth === 0 ? meant : meant.replace(/,$/, '');
}

/** Without the brackets at the end that close what was open before. */
function closeless(line: string, depth: number): string {
  let rest = line.trimEnd();
  for (let open = depth; open > 0 && closesMore(rest); open--) rest = rest.slice(0, -1).trimEnd();
  return rest;
}

/** It ends with a bracket that does not open in it. */
function closesMore(text: string): boolean {
  const [close = ''] = /[}\]]$/.exec(text) ?? [];
  return close !== '' && text.split(close).length > text.split(close === '}' ? '{' : '[').length;
}

/** `text: 'Hello: you'`: the way to write the text that begins at a token. */
export function writeInQuotes(written: Written, index: number, meant?: string): string {
  const token = written.tokens[index];
  if (token === undefined) return '';
  const whole = meant ?? meantFrom(written, token);
  const key = keyBefore(written, index);
  const shown = whole.length > SHOWN ? `${whole.slice(0, SHOWN).trimEnd()}…` : whole;
  return `${key === undefined ? '' : `${key}: `}${quote(shown)}`;
}
